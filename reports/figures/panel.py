"""The small figure of one indicator among its sector's: bars against the plan (UI 8.4).

All panels of a screen share one design, so that an eye that has read one has read all:
bars from zero, last year's behind at the left, the plan as a zone behind both, the value
at the foot of its bar. Scales differ from panel to panel; what is compared is always a
bar with its own plan, never two panels.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import plotly.graph_objects as go

from kpi.judgement import Forecast
from kpi.targets import TargetKind
from reports.figures.canvas import canvas, figures_of, forecast_hover, hover, plan_text
from reports.figures.course import Course, Step
from reports.figures.palette import Palette, hatched, palette
from reports.figures.scale import Axis, axis
from reports.figures.undecided import Look, bars, marked
from texts import say
from texts.numbers import number

HEIGHT = 172
YEARS = 3  # of an annual figure: the plan year and the two before it
_TOP, _BOTTOM, _LEFT = 10, 24, 2
_PY = (-0.46, 0.34)  # offset and width, in categories
_AC = (-0.30, 0.62)
_FOOT_FROM = 18  # px a bar needs to hold its value
_LETTER, _MARGIN = 6.0, 10  # px, of the plan's label in the right margin
_ROMAN = ("", "I", "II", "III", "IV")


def panel_figure(course: Course, lang: str, theme: str | None) -> go.Figure:
    """Bars of one indicator over the quarters (an annual one: the years) and its plan.

    Works for every kind of target and for none; without any value the plan is still drawn.
    """
    colours = palette(theme)
    steps = shown(course)
    names = [_name(step, lang) for step in steps]
    values = _axis(course, steps)
    label = _label(course, lang)
    right = round(_MARGIN + _LETTER * len(label)) if label else 6
    figure = canvas(names, values, colours, lang, right=right, height=HEIGHT)
    figure.update_layout(
        barmode="overlay", margin={"l": _LEFT, "t": _TOP, "b": _BOTTOM, "r": right}
    )
    figure.update_xaxes(range=[-0.5, len(names) - 0.5], showline=values.low >= 0)
    figure.update_yaxes(showticklabels=False, showgrid=False)
    _plan(figure, course, steps, values, colours)
    _bars(figure, course, steps, names, colours, lang)
    _pace(figure, course, steps, colours)
    _write(figure, course, steps, values, colours, lang)
    if label:
        figure.add_annotation(
            xref="paper", x=1, xanchor="left", xshift=5, y=_label_at(course, steps),
            text=label, showarrow=False, font={"size": 12, "color": colours.bande},
        )  # fmt: skip
    return figure


def shown(course: Course) -> tuple[Step, ...]:
    """The steps that have room."""
    return course.steps[-YEARS:] if course.indicator.annual else course.steps


def drawn_marks(course: Course) -> frozenset[str]:
    """What a legend has to name: ``py``, ``plan``, ``pace``, ``fc``, ``wait``."""
    steps = shown(course)
    found = {
        "py": not course.indicator.annual and any(s.previous is not None for s in steps),
        "plan": course.target is not None,
        "pace": bool(_paces(course, steps)),
        "fc": _forecast(course) is not None,
        "wait": any(s.unapproved or s.previous_unapproved for s in steps),
    }
    return frozenset(mark for mark, drawn in found.items() if drawn)


def _name(step: Step, lang: str) -> str:
    if step.period.quarter == 0:
        return str(step.period.year)
    quarter = step.period.quarter
    return say("sector.quarter", lang, roman=_ROMAN[quarter], number=quarter)


def _previous(course: Course, step: Step) -> Decimal | None:
    """An annual figure's last year has a bar of its own."""
    return None if course.indicator.annual else step.previous


def _forecast(course: Course) -> Forecast | None:
    judged = course.judged
    return None if judged.value is None or judged.period.is_final else judged.forecast


def _axis(course: Course, steps: Sequence[Step]) -> Axis:
    edges = course.target.edges if course.target else None
    drawn: list[Decimal] = []
    for step in steps:
        some = (step.value, _previous(course, step), step.expected)
        drawn += [value for value in some if value is not None]
    drawn += [edge for edge in (edges.low, edges.high) if edge is not None] if edges else []
    forecast = _forecast(course)
    drawn += [forecast.central] if forecast is not None else []
    return axis(drawn, from_zero=True, whole=course.indicator.unit_of_measure.is_count)


# --- the plan ----------------------------------------------------------------------------


def _plan(
    figure: go.Figure, course: Course, steps: Sequence[Step], values: Axis, colours: Palette
) -> None:
    last = len(steps) - 1
    if course.target is None:
        return
    if course.kind is TargetKind.BELOW_PREVIOUS:
        for n, step in enumerate(steps):
            if step.previous is not None:
                _zone(figure, (n - 0.5, n + 0.5), (None, step.previous), values, colours)
        return
    # the plan belongs to one year only, so an annual figure shows it at that year
    start = last - 0.5 if course.indicator.annual else -0.5
    edges = course.target.edges
    _zone(figure, (start, last + 0.5), (edges.low, edges.high), values, colours)


def _zone(
    figure: go.Figure,
    across: tuple[float, float],
    edges: tuple[Decimal | None, Decimal | None],
    values: Axis,
    colours: Palette,
) -> None:
    """The good region, with a line at each edge it has; the other end is open."""
    low, high = edges
    figure.add_shape(
        type="rect", x0=across[0], x1=across[1],
        y0=min(values.low, 0.0) if low is None else float(low),
        y1=values.high if high is None else float(high),
        fillcolor=colours.band, line_width=0, layer="below",
    )  # fmt: skip
    for edge in edges:
        if edge is not None:
            figure.add_shape(
                type="line", x0=across[0], x1=across[1], y0=float(edge), y1=float(edge),
                line={"color": colours.bande, "width": 1.5}, layer="below",
            )  # fmt: skip


def _label(course: Course, lang: str) -> str:
    if course.target is None:
        return ""
    if course.kind is TargetKind.BELOW_PREVIOUS:
        return say("sector.below_last_year", lang, year=course.year - 1)
    return plan_text(course, lang)


def _label_at(course: Course, steps: Sequence[Step]) -> float:
    edges = course.target.edges if course.target else None
    if course.kind is TargetKind.BELOW_PREVIOUS or edges is None:
        return float(next((s.previous for s in reversed(steps) if s.previous is not None), 0))
    known = [float(edge) for edge in (edges.low, edges.high) if edge is not None]
    return sum(known) / len(known) if known else 0.0


# --- bars --------------------------------------------------------------------------------


def _bars(
    figure: go.Figure,
    course: Course,
    steps: Sequence[Step],
    names: Sequence[str],
    colours: Palette,
    lang: str,
) -> None:
    """Back to front: last year, what was done, what is still to come."""

    def add(key: str, numbers: Sequence[Decimal | None], place: tuple[float, float],
            marker: Look, written: Sequence[str]) -> None:  # fmt: skip
        if all(value is None for value in numbers):
            return
        name = say(key, lang, year=course.year - 1)
        figure.add_bar(
            x=list(names),
            y=[None if v is None else float(v) for v in numbers],
            offset=place[0],
            width=place[1],
            name=name,
            marker=marker,
            customdata=written,
            hovertemplate=hover(name, "customdata"),
        )

    before, done = [_previous(course, s) for s in steps], [s.value for s in steps]
    waits = [s.previous_unapproved for s in steps]
    said = marked(figures_of(course, before, lang), waits, lang)
    add("figure.last_year", before, _PY, bars(waits, colours.py, colours), said)
    waits = [s.unapproved for s in steps]
    said = marked(figures_of(course, done, lang), waits, lang)
    add("figure.actual", done, _AC, bars(waits, colours.ac, colours), said)
    ahead, gap = _forecast(course), len(steps) - 1
    if ahead is not None:
        said = [*[""] * gap, forecast_hover(course, ahead, lang)]
        add("figure.forecast", [*[None] * gap, ahead.central], _AC, hatched(colours), said)


def _paces(course: Course, steps: Sequence[Step]) -> list[tuple[int, Decimal]]:
    """What was due at each quarter, where that is not the plan itself."""
    if not course.paced or course.indicator.annual:
        return []
    due = [(n, step) for n, step in enumerate(steps) if step.expected != course.judged.reference]
    return [(n, step.expected) for n, step in due if step.expected is not None]


def _pace(figure: go.Figure, course: Course, steps: Sequence[Step], colours: Palette) -> None:
    for n, expected in _paces(course, steps):
        figure.add_shape(
            type="line", x0=n + _AC[0] - 0.06, x1=n + _AC[0] + _AC[1] + 0.06,
            y0=float(expected), y1=float(expected), layer="above",
            line={"color": colours.pace, "width": 2, "dash": "dot"},
        )  # fmt: skip


def _write_forecast(
    figure: go.Figure, course: Course, last: int, colours: Palette, lang: str
) -> None:
    """What the year will come to, at the foot of its bar, in a box: the bar is hatched."""
    forecast = _forecast(course)
    if forecast is None:
        return
    figure.add_annotation(
        x=last + _AC[0] + _AC[1] / 2, y=0, yanchor="bottom", yshift=3,
        text=number(forecast.central, course.decimals, lang), showarrow=False,
        xanchor="center",
        font={"size": 12, "color": colours.ink}, bgcolor=colours.surface, borderpad=1,
    )  # fmt: skip


def _write(
    figure: go.Figure,
    course: Course,
    steps: Sequence[Step],
    values: Axis,
    colours: Palette,
    lang: str,
) -> None:
    """Each value at the foot of its bar; above it (or below) where the bar is too short."""
    _write_forecast(figure, course, len(steps) - 1, colours, lang)
    for n, step in enumerate(steps):
        if step.value is None:
            continue
        pixels = abs(float(step.value)) / (values.high - values.low) * (HEIGHT - _TOP - _BOTTOM)
        inside, falls = pixels >= _FOOT_FROM, step.value < 0
        on_ink = inside and not step.unapproved
        figure.add_annotation(
            x=n + _AC[0] + _AC[1] / 2,
            y=0 if inside else float(step.value),
            text=f"<b>{number(step.value, course.decimals, lang)}</b>",
            showarrow=False,
            xanchor="center",
            yanchor="top" if falls else "bottom",
            yshift=-2 if falls else 2,
            font={"size": 12, "color": colours.surface if on_ink else colours.ink},
            bgcolor=colours.surface if inside and step.unapproved else None,
            borderpad=0,
        )
