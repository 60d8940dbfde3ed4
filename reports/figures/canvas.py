"""The empty figure every chart of this project starts from, and the words on its axes.

Everything a reader could drag, zoom or click is off: these are pictures of a report that
answer to the pointer with a tooltip and to nothing else. The title is not part of the
figure; it stands above it as text, with the unit of measure at the right.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from types import MappingProxyType

import plotly.graph_objects as go

from kpi.definitions import Measure
from kpi.judgement import Forecast
from kpi.periods import Period
from kpi.targets import TargetKind
from reports.figures.course import Course
from reports.figures.palette import Palette
from reports.figures.scale import Axis
from texts import say
from texts.numbers import as_stated, number, range_text

FONT = '"Source Sans", "Source Sans 3", "Source Sans Pro", "DejaVu Sans", sans-serif'
LEFT, BOTTOM, TOP = 44, 28, 8
# what the page hands to st.plotly_chart
CONFIG: Mapping[str, object] = MappingProxyType(
    {"displayModeBar": False, "scrollZoom": False, "doubleClick": False, "showTips": False}
)
_ROMAN = ("", "I", "II", "III", "IV")


def canvas(
    categories: Sequence[str],
    values: Axis,
    colours: Palette,
    lang: str,
    *,
    right: int,
    height: int,
) -> go.Figure:
    """An empty figure with a category axis below and a value axis at the left."""
    figure = sheet(colours, lang, left=LEFT, right=right, bottom=BOTTOM, height=height)
    figure.update_xaxes(
        type="category",
        categoryorder="array",
        categoryarray=list(categories),
        fixedrange=True,
        showgrid=False,
        linecolor=colours.ink2,
        linewidth=1,
        showline=values.starts_at_zero and values.low >= 0,
        tickfont={"color": colours.ink2},
        ticks="",
        ticklabelstandoff=4,
        spikecolor=colours.ink3,  # the line that unified hover draws
        spikethickness=1,
        spikedash="dot",
    )
    figure.update_yaxes(
        range=[values.low, values.high],
        tickvals=list(values.ticks),
        ticktext=[number(Decimal(str(t)), values.decimals, lang) for t in values.ticks],
        fixedrange=True,
        gridcolor=colours.line,
        gridwidth=1,
        zeroline=values.low < 0,
        zerolinecolor=colours.ink2,
        zerolinewidth=1,
        tickfont={"color": colours.ink2},
        ticklabelstandoff=4,
    )
    return figure


def sheet(
    colours: Palette, lang: str, *, left: int, right: int, bottom: int, height: int
) -> go.Figure:
    """Paper, margins, letters and tooltips; the axes are still Plotly's own."""
    figure = go.Figure()
    figure.update_layout(
        height=height,
        margin={"l": left, "r": right, "t": TOP, "b": bottom, "pad": 0},
        paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor="rgba(0,0,0,0)",
        font={"family": FONT, "size": 12, "color": colours.ink2},
        separators=",." if lang == "vi" else ".,",
        showlegend=False,
        dragmode=False,
        hovermode="x unified",
        hoverlabel={
            "bgcolor": colours.surface,
            "bordercolor": colours.line,
            "font": {"family": FONT, "size": 12, "color": colours.ink},
        },
        uirevision="fixed",
    )
    return figure


def hover(name: str, of: str = "text") -> str:
    """A line of the tooltip, as Vietnamese and English write it; Plotly's own has a space
    before the colon. ``of``: where the written figures are."""
    return f"{name}: %{{{of}}}<extra></extra>"


def categories(course: Course, lang: str, *, single: bool = False) -> tuple[str, ...]:
    """The words under the time axis: a to-date figure says how many months it holds."""
    to_date = not single and course.indicator.measure is not Measure.STOCK
    return tuple(category(step.period, lang, to_date=to_date) for step in course.steps)


def category(period: Period, lang: str, *, to_date: bool) -> str:
    """``Quý III``, or ``9 tháng`` where the figure runs from January."""
    if period.quarter == 0:
        return str(period.year)
    if to_date and period.quarter > 1:
        return say(f"figure.to_date.{period.quarter}", lang)
    return say("figure.quarter", lang, roman=_ROMAN[period.quarter], number=period.quarter)


def figures_of(
    course: Course, values: Sequence[Decimal | None], lang: str, *, fine: bool = False
) -> list[str]:
    """Values as they are written in tooltips and beside dots.

    ``fine`` is for what is expected: of things that are counted it need not be whole, and
    rounded it would contradict the status.
    """
    sign = "%" if course.indicator.unit_of_measure.is_percent else ""
    decimals = decimals_of(course, values, fine=fine)
    return [f"{number(v, decimals, lang)}{sign if v is not None else ''}" for v in values]


def forecast_text(course: Course, ahead: Forecast, lang: str, *, fine: bool = False) -> str:
    """What is expected, with the spread of the methods where they differ: ``14 (từ 12 đến 17)``."""
    central, low, high = figures_of(course, (ahead.central, ahead.low, ahead.high), lang, fine=fine)
    if low == high:
        return central
    return say("figure.forecast_hover", lang, central=central, low=low, high=high)


def forecast_hover(course: Course, ahead: Forecast, lang: str, *, fine: bool = False) -> str:
    """The same with the profile it follows."""
    said = forecast_text(course, ahead, lang, fine=fine)
    return f"{said} · {say(f'figure.profile.{ahead.profile}', lang)}"


def decimals_of(course: Course, values: Sequence[Decimal | None], *, fine: bool = False) -> int:
    """How many decimals ``values`` are written with, all alike."""
    decimals = course.decimals
    whole = all(v is None or v == round(v, decimals) for v in values)
    counted = course.indicator.unit_of_measure.is_count
    return decimals + 1 if fine and counted and not whole else decimals


def plan_text(course: Course, lang: str) -> str:
    """The year's target as it was stated; "≤ 0" of what cannot be less is 0."""
    target, indicator = course.target, course.indicator
    if target is None:
        return range_text(None, None, lang)
    low, high = target.edges.low, target.edges.high
    if target.kind is TargetKind.AT_LEAST and low == indicator.hard_high:
        return as_stated(low, lang)
    if target.kind is TargetKind.AT_MOST and high == (indicator.hard_low or 0):
        return as_stated(high, lang)
    return range_text(low, high, lang)


def is_cut(figure: go.Figure) -> bool:
    """Does the value axis leave zero out? Then the reader is told."""
    low, high = figure.layout.yaxis.range
    return bool(low > 0 or high < 0)
