"""The sparkline: the last seven periods as a line that breaks where a figure is missing.

Drawn as a CSS mask over a solid colour, so that it follows the theme (UI 6.2). The drop
of a to-date flow at each first quarter is real and is kept.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import groupby

from kpi.targets import Target, TargetKind
from reports.html import escape
from reports.html.glyphs import data_uri

WIDTH, HEIGHT = 84.0, 22.0
_PAD_X, _PAD_Y = 4.0, 4.0

Point = tuple[float, float]


def sparkline(
    values: Sequence[Decimal | None],
    *,
    aria: str,
    target: Target | None = None,
    waits: Sequence[bool] = (),
) -> str:
    """The line over ``values`` (None breaks it); a dash when there are fewer than two.

    Args:
        waits: which of the values nobody has decided on yet; each is a ring on the line.
        target: draws its good region behind; leave it out for to-date flows, whose
            earlier figures are not meant to lie in it.
    """
    if sum(value is not None for value in values) < 2:
        return '<span class="none">–</span>'
    edges = _edges(target)
    shown = [float(v) for v in values if v is not None] + [e for e in edges if e is not None]
    low, high = min(shown), max(shown)
    points = [
        None if v is None else (_x(index, len(values)), _y(float(v), low, high))
        for index, v in enumerate(values)
    ]
    band = "" if target is None else _band(edges, low, high)
    mask = _mask(points)
    look = escape.text(f"--curve:{mask}")
    line = f'<i class="sp-line" style="{look}"></i>'
    return (
        f'<div class="sp" role="img" aria-label="{escape.text(aria)}">'
        f"{band}{line}{_dots(points, waits)}</div>"
    )


def _edges(target: Target | None) -> tuple[float | None, float | None]:
    if target is None or target.kind is TargetKind.BELOW_PREVIOUS:
        return None, None
    low, high = target.edges.low, target.edges.high
    return (None if low is None else float(low)), (None if high is None else float(high))


def _x(index: int, count: int) -> float:
    return _PAD_X + (WIDTH - 2 * _PAD_X) * index / max(1, count - 1)


def _y(value: float, low: float, high: float) -> float:
    if high == low:
        return HEIGHT / 2
    return _PAD_Y + (HEIGHT - 2 * _PAD_Y) * (high - value) / (high - low)


def _band(edges: tuple[float | None, float | None], low: float, high: float) -> str:
    if edges == (None, None):
        return ""
    bottom = HEIGHT if edges[0] is None else _y(edges[0], low, high)
    top = 0.0 if edges[1] is None else _y(edges[1], low, high)
    height = max(2.0, bottom - top)
    return f'<i class="sp-band" style="top:{min(top, HEIGHT - 2):.1f}px;height:{height:.1f}px"></i>'


def _mask(points: Sequence[Point | None]) -> str:
    path = "".join(_strokes(points))
    return data_uri(
        f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 {WIDTH:g} {HEIGHT:g}' fill='none' "
        f"stroke='#000' stroke-width='1.5' stroke-linejoin='round' stroke-linecap='round'>"
        f"<path d='{path}'/></svg>"
    )


def _strokes(points: Sequence[Point | None]) -> Iterator[str]:
    for present, run in groupby(points, key=lambda point: point is not None):
        if present:
            drawn = [f"{point[0]:.1f} {point[1]:.1f}" for point in run if point is not None]
            yield "M" + "L".join(drawn if len(drawn) > 1 else drawn * 2)


def _dots(points: Sequence[Point | None], waits: Sequence[bool]) -> str:
    """A dot at the end, and a ring wherever a value waits for a decision."""
    last = len(points) - 1
    rings = {n for n, wait in enumerate(waits) if wait}
    return "".join(
        f'<i class="sp-dot{" wait" if n in rings else ""}" '
        f'style="left:{point[0]:.1f}px;top:{point[1]:.1f}px"></i>'
        for n, point in enumerate(points)
        if point is not None and (n == last or n in rings)
    )
