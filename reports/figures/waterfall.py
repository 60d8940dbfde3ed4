"""The waterfall: how the districts' parts add up to the province's distance to its plan.

Bars float from the running total to the next one, the worst first, and end at the bar of
the whole, which starts at zero. Ink only: dark is away from the plan, grey makes up for
it, an outline is what was assigned to nobody. Units without a difference are not drawn;
the table has them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

import plotly.graph_objects as go

from reports.figures.canvas import TOP, sheet
from reports.figures.palette import Palette, palette
from reports.figures.scale import axis
from reports.figures.undecided import Look, said
from reports.figures.undecided import bars as look_of

LEFT, RIGHT, BOTTOM = 104, 12, 24
_ROW = 25  # px
_LABEL_ROOM = 0.16  # of the axis, at the side where the figures are written


@dataclass(frozen=True)
class Bar:
    """One line of the figure; ``kind`` is "short", "good", "rest" or "total"."""

    name: str
    amount: Decimal
    written: str
    kind: str
    unapproved: bool = False  # does it rest on what nobody has decided on yet?


def waterfall_figure(bars: Sequence[Bar], lang: str, theme: str | None) -> go.Figure:
    """The bars in their order; the last one is the total."""
    colours = palette(theme)
    height = TOP + BOTTOM + _ROW * len(bars)
    figure = sheet(colours, lang, left=LEFT, right=RIGHT, bottom=BOTTOM, height=height)
    starts = _starts(bars)
    for bar, start in zip(bars, starts, strict=True):
        _draw(figure, bar, start, colours, lang)
    _connect(figure, bars, starts, colours)
    _axes(figure, bars, starts, colours)
    figure.update_layout(barmode="overlay", hovermode="closest", bargap=0.32)
    return figure


def _starts(bars: Sequence[Bar]) -> list[Decimal]:
    """Where each bar begins: at the running total, the whole at zero."""
    running, starts = Decimal(0), []
    for bar in bars:
        starts.append(Decimal(0) if bar.kind == "total" else running)
        running += bar.amount
    return starts


def _draw(figure: go.Figure, bar: Bar, start: Decimal, colours: Palette, lang: str) -> None:
    fill, line = {
        "short": (colours.ac, colours.ac),
        "good": (colours.py, colours.py),
        "rest": (colours.surface, colours.ink2),
        "total": (colours.ink, colours.ink),
    }[bar.kind]
    marker: Look = {"color": fill, "line": {"color": line, "width": 1.5}}
    written = bar.written
    if bar.unapproved:
        marker, written = look_of([True], line, colours), said(bar.written, lang)
    figure.add_bar(
        orientation="h",
        y=[bar.name],
        x=[float(bar.amount)],
        base=[float(start)],
        marker=marker,
        hovertemplate=f"{bar.name}: {written}<extra></extra>",
    )
    left = bar.amount < 0
    figure.add_annotation(
        x=float(start + bar.amount), y=bar.name, showarrow=False,
        text=f"<b>{bar.written}</b>" if bar.kind == "total" else bar.written,
        xanchor="right" if left else "left", xshift=-4 if left else 4,
        font={"size": 12, "color": colours.ink},
    )  # fmt: skip


def _connect(
    figure: go.Figure, bars: Sequence[Bar], starts: Sequence[Decimal], colours: Palette
) -> None:
    """A thin line from the end of each bar down to the next."""
    for n, (bar, start) in enumerate(zip(bars[:-1], starts, strict=False)):
        at = float(start + bar.amount)
        figure.add_shape(
            type="line", x0=at, x1=at, y0=n + 0.34, y1=n + 0.66,
            line={"color": colours.ink3, "width": 1}, layer="below",
        )  # fmt: skip


def _axes(
    figure: go.Figure, bars: Sequence[Bar], starts: Sequence[Decimal], colours: Palette
) -> None:
    ends = [start + bar.amount for bar, start in zip(bars, starts, strict=True)]
    scale = axis([Decimal(0), *ends], from_zero=True)
    room = (scale.high - scale.low) * _LABEL_ROOM
    low = scale.low - room if any(bar.amount < 0 for bar in bars) else scale.low
    high = scale.high + room if any(bar.amount > 0 for bar in bars) else scale.high
    figure.update_xaxes(
        range=[low, high], fixedrange=True, showgrid=False, showticklabels=False, ticks="",
        zeroline=True, zerolinecolor=colours.ink2, zerolinewidth=1,
    )  # fmt: skip
    figure.update_yaxes(
        type="category",
        categoryorder="array",
        categoryarray=[bar.name for bar in bars],
        range=[len(bars) - 0.5, -0.5],
        fixedrange=True,
        showgrid=True,  # a hairline leads from a name to a bar that floats far from it
        gridcolor=colours.line,
        ticks="",
        tickfont={"color": colours.ink},
        ticklabelstandoff=8,
    )
