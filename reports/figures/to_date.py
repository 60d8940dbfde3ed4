"""The to-date figure: what was done so far, against plan, pace and last year (UI 7).

Scenario codes follow IBCS: solid and dark is done, lighter is last year, dashed with an
open dot is forecast. The plan is a place, not a series: a band the line has to reach. For
"fewer than last year" last year's line is the plan's edge. Lines are named at their right
end, where the eye arrives, so there is no legend.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import plotly.graph_objects as go

from kpi.judgement import Forecast
from kpi.targets import Direction, TargetKind
from reports.figures.canvas import (
    BOTTOM,
    TOP,
    canvas,
    categories,
    figures_of,
    forecast_hover,
    hover,
    plan_text,
)
from reports.figures.course import Course
from reports.figures.labels import Label, print_value, write_names
from reports.figures.palette import Palette, palette, rgba
from reports.figures.scale import Axis, axis
from reports.figures.undecided import dots, marked
from texts import say
from texts.numbers import number

HEIGHT = 288
RIGHT = 122  # px for the names of the lines
_BEFORE_FIRST, _AFTER_LAST = 0.3, 0.06  # of one category, so that dots are not cut


def to_date_figure(course: Course, lang: str, theme: str | None) -> go.Figure:
    """Lines of value, last year, pace and forecast over the plan's band.

    Works for every kind of target and for none; without any value the plan is still drawn.
    """
    colours = palette(theme)
    values = _axis(course)
    names = categories(course, lang)
    figure = canvas(names, values, colours, lang, right=RIGHT, height=HEIGHT)
    figure.update_xaxes(range=[-_BEFORE_FIRST, len(names) - 1 + _AFTER_LAST])
    plan = _plan(figure, course, values, names, colours, lang)
    last_year = _last_year(figure, course, names, colours, lang)
    pace = _pace(figure, course, names, colours, lang)
    rising = course.target is None or course.target.direction is Direction.INCREASE
    labels = [
        # pace and plan meet at the year's end: the pace comes from below, or from above
        *(pace + plan if rising else plan + pace),
        *last_year,
        *_forecast(figure, course, names, colours, lang),
        *_actual(figure, course, values, names, colours, lang),
    ]
    write_names(figure, labels, values, HEIGHT - TOP - BOTTOM)
    return figure


def _axis(course: Course) -> Axis:
    edges = course.target.edges if course.target else None
    forecast = course.judged.forecast
    unit = course.indicator.unit_of_measure
    drawn: list[Decimal] = []
    for step in course.steps:
        previous = None if course.indicator.annual else step.previous
        drawn += [v for v in (step.value, previous, step.expected) if v is not None]
    drawn += [v for v in (edges.low, edges.high) if v is not None] if edges else []
    drawn += [forecast.low, forecast.high] if forecast else []
    result = axis(drawn, from_zero=course.is_flow, whole=unit.is_count)
    if course.kind is TargetKind.AT_MOST and result.low >= 0 and edges and edges.high == 0:
        # room for the line of "none at all", which would hide behind the axis
        return Axis(-0.05 * result.high, result.high, result.ticks)
    return result


def _plan(
    figure: go.Figure,
    course: Course,
    values: Axis,
    names: Sequence[str],
    colours: Palette,
    lang: str,
) -> list[Label]:
    if course.target is None or course.kind is TargetKind.BELOW_PREVIOUS:
        return []
    low, high = course.target.edges.low, course.target.edges.high
    bottom = values.low if low is None else float(low)
    top = values.high if high is None else float(high)
    last = len(names) - 1
    # the plan belongs to one year only, so an annual figure shows it at that year
    start = last - 0.3 if course.indicator.annual else -_BEFORE_FIRST
    end = last + _AFTER_LAST
    figure.add_shape(
        type="rect", x0=start, x1=end, y0=bottom, y1=top,
        fillcolor=colours.band, opacity=0.6, line_width=0, layer="below",
    )  # fmt: skip
    for edge in (low, high):
        if edge is not None:
            figure.add_shape(
                type="line", x0=start, x1=end, y0=float(edge), y1=float(edge),
                line={"color": colours.bande, "width": 2}, layer="between",
            )  # fmt: skip
    text = say("figure.plan_label", lang, plan=plan_text(course, lang))
    return [Label(text, (_middle(low, high)), colours.bande)]


def _middle(low: Decimal | None, high: Decimal | None) -> float:
    edges = [float(edge) for edge in (low, high) if edge is not None]
    return sum(edges) / len(edges)


def _last_year(
    figure: go.Figure, course: Course, names: Sequence[str], colours: Palette, lang: str
) -> list[Label]:
    previous = [step.previous for step in course.steps]
    waits = [step.previous_unapproved for step in course.steps]
    if course.indicator.annual or not any(v is not None for v in previous):
        return []
    is_plan = course.kind is TargetKind.BELOW_PREVIOUS
    colour = colours.bande if is_plan else colours.py
    named = say("figure.last_year", lang, year=course.year - 1)
    figure.add_scatter(
        cliponaxis=False,
        x=list(names),
        y=_floats(previous),
        mode="lines+markers",
        name=named,
        line={"color": colour, "width": 2},
        marker=dots(waits, colour, 5, colours),
        fill="tozeroy" if is_plan else None,
        fillcolor=rgba(colours.band, 0.6) if is_plan else None,
        text=marked(figures_of(course, previous, lang), waits, lang),
        hovertemplate=hover(named),
    )
    end = next(v for v in reversed(previous) if v is not None)
    key = "figure.last_year_is_plan" if is_plan else "figure.last_year_label"
    text = say(key, lang, year=course.year - 1, value=number(end, course.decimals, lang))
    return [Label(text, float(end), colours.bande if is_plan else colours.ink3)]


def _pace(
    figure: go.Figure, course: Course, names: Sequence[str], colours: Palette, lang: str
) -> list[Label]:
    expected = [step.expected for step in course.steps]
    if not course.paced or course.indicator.annual:
        return []
    named = say("figure.pace", lang)
    figure.add_scatter(
        cliponaxis=False,
        x=list(names),
        y=_floats(expected),
        mode="lines",
        connectgaps=True,
        name=named,
        line={"color": colours.pace, "width": 2, "dash": "dot"},
        text=figures_of(course, expected, lang, fine=True),
        hovertemplate=hover(named),
    )
    end = next(v for v in reversed(expected) if v is not None)
    return [Label(named, float(end), colours.pace)]


def _forecast(
    figure: go.Figure, course: Course, names: Sequence[str], colours: Palette, lang: str
) -> list[Label]:
    forecast, judged = course.judged.forecast, course.judged
    if forecast is None or judged.value is None or judged.period.is_final:
        return []
    end, named = names[-1], say("figure.forecast", lang)
    start = (names[judged.period.quarter - 1], float(judged.value))
    _ahead(figure, start, end, forecast, colours)
    figure.add_scatter(
        cliponaxis=False,
        x=[end],
        y=[float(forecast.central)],
        mode="markers",
        name=named,
        marker={"size": 9, "color": colours.surface, "line": {"color": colours.ac, "width": 2}},
        text=[forecast_hover(course, forecast, lang)],
        hovertemplate=hover(named),
    )
    (central,) = figures_of(course, (forecast.central,), lang)
    text = say("figure.forecast_label", lang, value=central)
    return [Label(text, float(forecast.central), colours.ink)]


def _ahead(
    figure: go.Figure, start: tuple[str, float], end: str, forecast: Forecast, colours: Palette
) -> None:
    """The cone and the dashed line; only the dot at their end answers to the pointer."""
    now, value = start
    figure.add_scatter(
        cliponaxis=False,
        x=[now, end, end, now],
        y=[value, float(forecast.high), float(forecast.low), value],
        fill="toself",
        mode="lines",
        line={"width": 0},
        fillcolor=colours.cone,
        hoverinfo="skip",
    )
    figure.add_scatter(
        cliponaxis=False,
        x=[now, end],
        y=[value, float(forecast.central)],
        mode="lines",
        line={"color": colours.ac, "width": 2, "dash": "dash"},
        hoverinfo="skip",
    )


def _actual(
    figure: go.Figure,
    course: Course,
    values: Axis,
    names: Sequence[str],
    colours: Palette,
    lang: str,
) -> list[Label]:
    done = [step.value for step in course.steps]
    waits = [step.unapproved for step in course.steps]
    named = say("figure.actual", lang)
    figure.add_scatter(
        cliponaxis=False,
        x=list(names),
        y=_floats(done),
        mode="lines+markers",
        name=named,
        line={"color": colours.ac, "width": 3},
        marker=dots(waits, colours.ac, 8, colours),
        text=marked(figures_of(course, done, lang), waits, lang),
        hovertemplate=hover(named),
    )
    return _written(figure, course, values, colours, lang)


def _written(
    figure: go.Figure, course: Course, values: Axis, colours: Palette, lang: str
) -> list[Label]:
    """Each value printed at its dot; the year's last one becomes the name of the line."""
    labels = []
    for n, step in enumerate(course.steps):
        value = step.value
        if value is None:
            continue
        text = number(value, course.decimals, lang)
        if n == len(course.steps) - 1:
            said = say("figure.actual_label", lang, value=text)
            labels.append(Label(said, float(value), colours.ink, bold=True))
        else:
            latest = step.period == course.judged.observation_period
            print_value(figure, course, values, n, f"<b>{text}</b>" if latest else text, colours)
    return labels


def _floats(values: Sequence[Decimal | None]) -> list[float | None]:
    return [None if value is None else float(value) for value in values]
