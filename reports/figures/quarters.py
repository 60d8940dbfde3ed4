"""The single-quarter figure: each quarter alone beside its plan and last year's quarter.

Only flows have one: a rate cannot be split, and a level is the same figure as its to-date
value. Bars start at zero, always. Last year stands behind at the left, the plan is an
empty outline wider than the bar that has to fill it, what is still to come is hatched.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal

import plotly.graph_objects as go

from kpi.definitions import Measure
from reports.figures.canvas import (
    BOTTOM,
    TOP,
    canvas,
    categories,
    figures_of,
    forecast_hover,
    hover,
)
from reports.figures.course import Course, Single
from reports.figures.palette import Palette, hatched, palette
from reports.figures.scale import Axis, axis
from reports.figures.undecided import Look, bars, marked
from texts import say
from texts.numbers import number

HEIGHT = 264  # the legend below the bars needs the difference
RIGHT = 8
_PY = (-0.42, 0.40)  # offset and width, in categories
_PL = (-0.18, 0.58)
_AC = (-0.11, 0.44)
_INSIDE_FROM = 20  # px a bar needs to hold its value


def has_quarters(course: Course) -> bool:
    """Can this indicator be split into quarters?"""
    return course.indicator.measure is Measure.FLOW and not course.indicator.annual


def quarters_figure(course: Course, lang: str, theme: str | None) -> go.Figure:
    """Bars of the single quarters of a flow.

    Raises:
        ValueError: for a rate or a level, which has no single quarters.
    """
    if not has_quarters(course):
        raise ValueError(f"{course.indicator.id} has no single quarters")
    colours = palette(theme)
    singles = course.singles()
    drawn = [
        value
        for s in singles
        for value in (s.value, s.previous, s.expected, s.forecast)
        if value is not None
    ]
    values = axis(drawn, from_zero=True, whole=course.indicator.unit_of_measure.is_count)
    names = categories(course, lang, single=True)
    figure = canvas(names, values, colours, lang, right=RIGHT, height=HEIGHT)
    figure.update_layout(barmode="overlay")
    figure.update_xaxes(range=[-0.5, len(names) - 0.5], showline=True)
    _bars(figure, course, values, names, colours, lang)
    return figure


def _bars(
    figure: go.Figure,
    course: Course,
    values: Axis,
    names: Sequence[str],
    colours: Palette,
    lang: str,
) -> None:
    """The four kinds of bars, back to front."""
    singles = course.singles()
    none = [False] * len(singles)

    def add(key: str, of: Callable[[Single], Decimal | None], place: tuple[float, float],
            look: Look, waits: Sequence[bool] = none) -> None:  # fmt: skip
        numbers = [of(single) for single in singles]
        # as finely as the table beside it: a quarter's part of a plan need not be whole
        written = marked(figures_of(course, numbers, lang, fine=True), waits, lang)
        _add(figure, names, numbers, place, look, written, say(key, lang, year=course.year - 1))

    outline: Look = {"color": "rgba(0,0,0,0)", "line": {"color": colours.ink2, "width": 1.5}}
    before, now = ([s.previous_unapproved for s in singles], [s.unapproved for s in singles])
    add("figure.last_year", lambda s: s.previous, _PY, bars(before, colours.py, colours), before)
    add("figure.plan", lambda s: s.expected, _PL, outline)
    add("figure.actual", lambda s: s.value, _AC, bars(now, colours.ac, colours), now)
    ahead = [forecast_hover(course, s.ahead, lang, fine=True) if s.ahead else "" for s in singles]
    _add(figure, names, [s.forecast for s in singles], _AC, hatched(colours), ahead,
         say("figure.forecast", lang))  # fmt: skip
    for n, single in enumerate(singles):
        _print(figure, course, single, values, n + _AC[0] + _AC[1] / 2, colours, lang)


def _add(
    figure: go.Figure,
    names: Sequence[str],
    numbers: Sequence[Decimal | None],
    place: tuple[float, float],
    look: Look,
    written: Sequence[str],
    name: str,
) -> None:
    """One kind of bars, unless there is none of it."""
    if all(value is None for value in numbers):
        return
    figure.add_bar(
        x=list(names),
        y=[None if v is None else float(v) for v in numbers],
        offset=place[0],
        width=place[1],
        name=name,
        customdata=written,
        hovertemplate=hover(name, "customdata"),
        marker=look,
    )


def _print(
    figure: go.Figure,
    course: Course,
    single: Single,
    values: Axis,
    at: float,
    colours: Palette,
    lang: str,
) -> None:
    """The value at the head of its bar: inside where it fits, else above (below zero: below)."""
    value = single.value if single.value is not None else single.forecast
    if value is None:
        return
    pixels = abs(float(value)) / (values.high - values.low) * (HEIGHT - TOP - BOTTOM)
    solid = single.value is not None and not single.unapproved
    inside = solid and pixels >= _INSIDE_FROM
    down = value < 0
    figure.add_annotation(
        x=at, y=float(value), text=number(value, course.decimals, lang), showarrow=False,
        xanchor="center", yanchor="top" if inside != down else "bottom",
        yshift=(-2 if inside else 2) * (-1 if down else 1),
        font={"size": 12, "color": colours.surface if inside else colours.ink},
        bgcolor="rgba(0,0,0,0)" if inside else colours.surface, borderpad=0,
    )  # fmt: skip
