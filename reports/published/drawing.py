"""Pictures of the published pages: SVG in the page itself, in the page's own colours.

The geometry of a bullet is the screens' (``reports.html.bullet.drawing``), the points of a
course ``reports.figures.course``'s. Colours are classes, so that one drawing serves light,
dark and paper; every picture has its sentence.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from kpi.targets import Edges
from reports.figures.course import Course, Step
from reports.html import escape
from reports.html.bullet import Drawing
from texts.numbers import number, period_name

_WIDE, _HIGH = 240, 22  # of a bullet
_W, _H, _LEFT, _RIGHT, _TOP, _BOTTOM = 560, 220, 12, 12, 26, 30  # of a course
_HEADROOM = 0.12


def bullet(found: Drawing | None, said: str) -> str:
    """The bullet of one row; nothing where there is no target to compare with.

    The track is the picture's background, and what has one colour is one path: seventeen of
    these are most of what a browser has to draw of the first page.
    """
    if found is None:
        return ""
    parts = [f'<path class="no" d="{_box(0, 1, 6, 10)}"/>' if found.missing else ""]
    parts.append(_zone(*found.zone))
    if found.origin is not None:
        parts.append(_bar("fc", found.value, found.forecast))
        parts.append(_bar("ac", found.origin, found.value))
    elif found.value is not None:
        parts.append(f'<path class="dot" d="M{_x(found.value)} 11h.01"/>')
    if found.pace is not None:
        x = _x(found.pace)
        parts.append(f'<path class="pa" d="M{x - 4} 0h8l-4 6zM{x - 0.75:.2f} 6h1.5v11h-1.5z"/>')
    return (
        f'<svg class="bu{" mi" if found.missing else ""}" viewBox="0 0 {_WIDE} {_HIGH}" '
        f'preserveAspectRatio="none" role="img" '
        f'aria-label="{escape.text(said)}">{"".join(parts)}</svg>'
    )


def _x(part: float) -> float:
    return round(min(max(part, 0.0), 1.0) * _WIDE, 1)


def _box(left: float, right: float, top: int, height: int) -> str:
    x, end = _x(left), _x(right)
    return f"M{x} {top}h{max(end - x, 1):.1f}v{height}H{x}z"


def _bar(css: str, origin: float | None, end: float | None) -> str:
    if origin is None or end is None:
        return ""
    left, right = sorted((origin, end))
    return f'<path class="{css}" d="{_box(left, right, 8, 6)}"/>'


def _zone(near: float, far: float | None) -> str:
    left, right = sorted((near, 1.0 if far is None else far))
    found = f'<path class="zo" d="{_box(left, right, 2, 18)}"/>'
    edges = [near] if far is None else [near, far]
    drawn = "".join(f"M{_x(edge) - 1:.1f} 2h2v18h-2z" for edge in edges if 0 <= edge <= 1)
    return f'{found}<path class="ed" d="{drawn}"/>' if drawn else found


# --- the course of an indicator -----------------------------------------------------------


def course_figure(course: Course, said: str, lang: str) -> str:
    """The year's line beside last year's, what is expected, and the plan."""
    edges = course.target.edges if course.target else Edges()
    scale = _Scale(course, edges)
    parts = [
        _plan(edges, scale),
        _line("py", [(n, step.previous) for n, step in enumerate(course.steps)], scale),
        _line("pa", [(n, step.expected) for n, step in enumerate(course.steps)], scale)
        if course.paced
        else "",
        _line("ac", [(n, step.value) for n, step in enumerate(course.steps)], scale),
        _dots(course, scale, lang),
        _axis(course.steps, scale, lang),
    ]
    return (
        f'<svg class="course" viewBox="0 0 {_W} {_H}" role="img" '
        f'aria-label="{escape.text(said)}">{"".join(parts)}</svg>'
    )


class _Scale:
    """Where a step and a value stand in the picture."""

    def __init__(self, course: Course, edges: Edges) -> None:
        steps = course.steps
        values = [edges.low, edges.high]
        values += [v for s in steps for v in (s.value, s.previous, s.expected)]
        numbers = [float(value) for value in values if value is not None] or [0.0]
        low, high = min(numbers), max(numbers)
        if course.is_flow:
            low = min(low, 0.0)  # what adds up begins at nought
        room = (high - low or 1.0) * _HEADROOM
        self._low, self._span = low - (0 if low == 0 else room), high - low + 2 * room
        self._step = (_W - _LEFT - _RIGHT) / len(steps)

    def x(self, n: int) -> float:
        return round(_LEFT + self._step * (n + 0.5), 1)

    def y(self, value: Decimal) -> float:
        part = (float(value) - self._low) / self._span
        return round(_H - _BOTTOM - part * (_H - _TOP - _BOTTOM), 1)


def _plan(edges: Edges, scale: _Scale) -> str:
    heights = [scale.y(edge) for edge in (edges.low, edges.high) if edge is not None]
    lines = "".join(f'<path class="pl" d="M{_LEFT} {y}H{_W - _RIGHT}"/>' for y in heights)
    if len(heights) < 2:
        return lines
    top, bottom = min(heights), max(heights)
    wide = _W - _LEFT - _RIGHT
    return (
        f'<rect class="zo" x="{_LEFT}" y="{top}" width="{wide}" height="{bottom - top:.1f}"/>'
        f"{lines}"
    )


def _line(css: str, points: Sequence[tuple[int, Decimal | None]], scale: _Scale) -> str:
    """A line that breaks where a figure is missing."""
    drawn, pen = "", "M"
    for n, value in points:
        if value is None:
            pen = "M"
            continue
        drawn += f"{pen}{scale.x(n)} {scale.y(value)}"
        pen = "L"
    return f'<path class="li {css}" d="{drawn}"/>' if drawn else ""


def _dots(course: Course, scale: _Scale, lang: str) -> str:
    found = ""
    for n, step in enumerate(course.steps):
        if step.value is None:
            continue
        x, y = scale.x(n), scale.y(step.value)
        text = escape.text(number(step.value, course.decimals, lang))
        found += f'<circle class="ac" cx="{x}" cy="{y}" r="4"/>'
        found += f'<text class="va" x="{x}" y="{y - 9:.1f}">{text}</text>'
    return found


def _axis(steps: Sequence[Step], scale: _Scale, lang: str) -> str:
    base = _H - _BOTTOM + 6
    names = "".join(
        f'<text x="{scale.x(n)}" y="{_H - 8}">'
        f"{escape.text(period_name(step.period, lang, 'short'))}</text>"
        for n, step in enumerate(steps)
    )
    return f'<path class="ax" d="M{_LEFT} {base}H{_W - _RIGHT}"/>{names}'
