"""What stands beside lines: values at their dots, names at their ends.

Plotly places no label so that it avoids another; both are placed here, because the
positions of everything drawn are known beforehand.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

import plotly.graph_objects as go

from kpi.targets import TargetKind
from reports.figures.canvas import BOTTOM
from reports.figures.course import Course
from reports.figures.palette import Palette, rgba
from reports.figures.scale import Axis, spread

_LINE_HEIGHT = 15
_NEAR_AXIS = 0.08  # of the height: no room for a label below


@dataclass(frozen=True)
class Label:
    """A line's name in the right margin."""

    text: str
    value: float
    colour: str
    bold: bool = False


def print_value(
    figure: go.Figure,
    course: Course,
    values: Axis,
    n: int,
    text: str,
    colours: Palette,
) -> None:
    """Write a value beside its dot, on the side where no other line runs close by."""
    step = course.steps[n]
    assert step.value is not None
    own = values.share(float(step.value))
    others = [values.share(float(v)) - own for v in (step.expected, step.previous) if v is not None]
    if own < _NEAR_AXIS:
        up, anchor, shift = True, "center", 0
    elif course.is_flow:
        # rising lines leave room down right of the lowest and up left of the highest
        up = bool(others) and others[0] < 0
        anchor, shift = ("left", 5) if not up else ("right", -3) if n else ("center", 0)
    else:
        above = min((d for d in others if d >= 0), default=1 - own)
        below = min((-d for d in others if d < 0), default=own)
        up, anchor, shift = above > below, "center", 0
    figure.add_annotation(
        x=n, y=float(step.value), text=text, showarrow=False,
        xanchor=anchor, xshift=shift, yanchor="bottom" if up else "top",
        yshift=6 if up else -4, font={"color": colours.ink, "size": 12},
        bgcolor=None if _in_zone(course, step.value) else rgba(colours.surface, 0.75),
        borderpad=0,
    )  # fmt: skip


def _in_zone(course: Course, value: Decimal) -> bool:
    """On the plan's band a label's own ground would show as a patch."""
    edges = course.target.edges if course.target else None
    if edges is None or course.kind is TargetKind.BELOW_PREVIOUS:
        return course.kind is TargetKind.BELOW_PREVIOUS
    above = edges.low is None or value >= edges.low
    return above and (edges.high is None or value <= edges.high)


def write_names(figure: go.Figure, labels: Sequence[Label], values: Axis, plot: int) -> None:
    """Put the names into the right margin, moved apart where they would touch."""
    labels = sorted(labels, key=lambda label: label.value)
    wanted = [values.share(label.value) * plot for label in labels]
    placed = spread(wanted, _LINE_HEIGHT, _LINE_HEIGHT / 2 - BOTTOM / 2, plot)
    for label, at in zip(labels, placed, strict=True):
        figure.add_annotation(
            xref="paper", x=1, yref="paper", y=at / plot,
            text=f"<b>{label.text}</b>" if label.bold else label.text,
            showarrow=False, xanchor="left", yanchor="middle", xshift=6, align="left",
            font={"color": label.colour, "size": 12},
        )  # fmt: skip
