"""The bullet: value, plan, pace and forecast of one row as boxes on a track (UI 6.1).

Right is better on every bullet, and the plan's near edge stands at 0.74 in every row so
that the eye follows one line; where that cannot be (a wide range, an axis without zero)
alignment gives way, truth does not. Positions are floats from 0 to 1: this is a drawing,
every figure a reader may want is in the sentence of ``aria``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal

from kpi.judgement import Assessment, Status
from kpi.targets import Direction, Edges, Target, TargetKind
from reports.html import escape

PLAN_AT = 0.74
_LAST_EDGE = 0.97  # no edge is drawn closer to the end: it would look clipped
_BAND_WIDTHS = 6  # a band takes a sixth of its track
_FALLBACK_REACH = 0.23
CHANGE_REACH = 25  # per cent of change at either end of a change bullet

Scale = Callable[[Decimal], float]


@dataclass(frozen=True)
class Drawing:
    """Where everything stands, 0 to 1 before clipping; None is not drawn.

    ``origin`` is where the bar begins; None means a dot, because the axis has no zero.
    ``zone`` is the good region; its right end None means "anything beyond is good".
    """

    origin: float | None
    zone: tuple[float, float | None]
    value: float | None = None
    forecast: float | None = None
    pace: float | None = None
    previous: float | None = None
    missing: bool = False
    waits: bool = False  # rests on what nobody has decided on yet: drawn hollow


def bullet(assessment: Assessment, *, aria: str, previous: bool = False) -> str:
    """The bullet of one assessment; nothing where there is no target to compare with.

    Args:
        aria: the whole row as a sentence, for those who do not see it.
        previous: draw the same period of the previous year (pages with room for it).
    """
    found = drawing(assessment, previous=previous)
    if found is None:
        return ""
    found = replace(found, waits=assessment.unapproved)
    return f'<div class="bu" role="img" aria-label="{escape.text(aria)}">{_boxes(found)}</div>'


def drawing(assessment: Assessment, *, previous: bool = False) -> Drawing | None:
    """Lay one assessment out on its scale."""
    target = assessment.target
    if target is None:
        return None
    if target.kind is TargetKind.BELOW_PREVIOUS:
        return _change(assessment)
    edges = _edges(target)
    if edges is None:
        return None
    near, far = edges
    known_points = [p for p in (assessment.value, far) if p is not None]
    scale, origin = _scale(target, near, far, known_points, _baseline(assessment))
    return Drawing(
        origin=origin,
        zone=_zone(scale, near, far),
        value=_at(scale, assessment.value),
        forecast=_at(scale, _forecast(assessment)) if origin is not None else None,
        pace=_at(scale, _pace(assessment, near)) if origin is not None else None,
        previous=_at(scale, assessment.previous_value) if previous else None,
        missing=assessment.value is None,
    )


def _change(assessment: Assessment) -> Drawing:
    """A count that must fall: the change in per cent around a zero in the middle."""
    change = assessment.change

    def scale(value: Decimal) -> float:
        return 0.5 - float(value) / (2 * CHANGE_REACH)

    return Drawing(
        origin=0.5,
        zone=(0.5, None),
        value=None if change is None else scale(change),
        missing=assessment.value is None,
    )


def _edges(target: Target) -> tuple[Decimal, Decimal | None] | None:
    """The near edge and, for two-sided targets, the far one."""
    edges: Edges = target.edges
    if target.kind is TargetKind.AT_LEAST:
        near, far = edges.low, None
    elif target.kind is TargetKind.AT_MOST:
        near, far = edges.high, None
    elif target.direction is Direction.DECREASE:
        near, far = edges.high, edges.low
    else:
        near, far = edges.low, edges.high
    return None if near is None else (near, far)


def _baseline(assessment: Assessment) -> Decimal | None:
    known = assessment.explanation.inputs.get("baseline")
    if known is not None and known.value is not None:
        return known.value
    return assessment.target.baseline if assessment.target else None


def _scale(
    target: Target,
    near: Decimal,
    far: Decimal | None,
    points: list[Decimal],
    baseline: Decimal | None,
) -> tuple[Scale, float | None]:
    """The scale of a row, and where its bar begins (None: draw a dot)."""
    if target.kind is TargetKind.BAND and far is not None:
        return _around(near, far), None
    falling = target.direction is Direction.DECREASE
    origin = Decimal(0)
    if falling:
        origin = 2 * near if baseline is None else baseline
    sign = -1 if falling else 1
    if sign * (near - origin) <= 0:  # no zero to start from: show the distance to the plan
        return _near_plan(near, points, sign), None
    return _from_origin(origin, near, far), 0.0


def _from_origin(origin: Decimal, near: Decimal, far: Decimal | None) -> Scale:
    length = float(near - origin)
    reach = PLAN_AT
    if far is not None and PLAN_AT * float(far - origin) / length > _LAST_EDGE:
        reach = _LAST_EDGE * length / float(far - origin)
    return lambda value: reach * float(value - origin) / length


def _around(low: Decimal, high: Decimal) -> Scale:
    middle = float(low + high) / 2
    width = float(high - low) or max(abs(middle) / 20, 1.0)
    return lambda value: 0.5 + (float(value) - middle) / (_BAND_WIDTHS * width)


def _near_plan(near: Decimal, points: list[Decimal], sign: int) -> Scale:
    reach = max([abs(float(point - near)) for point in points] + [1.0])
    return lambda value: PLAN_AT + _FALLBACK_REACH * sign * float(value - near) / reach


def _zone(scale: Scale, near: Decimal, far: Decimal | None) -> tuple[float, float | None]:
    if far is None:
        return scale(near), None
    left, right = sorted((scale(near), scale(far)))
    return left, right


def _at(scale: Scale, value: Decimal | None) -> float | None:
    return None if value is None else scale(value)


def _forecast(assessment: Assessment) -> Decimal | None:
    if assessment.period.is_final or assessment.forecast is None:
        return None
    return assessment.forecast.central


def _pace(assessment: Assessment, near: Decimal) -> Decimal | None:
    """Where the value ought to stand now, unless the year is decided or the pace is the plan."""
    reached = assessment.status in (Status.MET, Status.EXCEEDED)
    if assessment.period.is_final or reached or assessment.expected == near:
        return None
    return assessment.expected


# --- boxes -------------------------------------------------------------------------------


def _boxes(found: Drawing) -> str:
    parts = ['<i class="bu-none"></i>' if found.missing else '<i class="bu-track"></i>']
    parts.append(_zone_box(*found.zone))
    if found.origin is None:
        parts.append(_point("dot", found.value, waits=found.waits))
    else:
        parts.append(_bar(found.origin, found.value, waits=found.waits))
        parts.append(_hatch(found.value, found.forecast))
    if found.zone[1] is None:
        parts.append(_point("tick", found.zone[0]))
    parts.append(_point("py", found.previous))
    parts.append(_point("pace", found.pace))
    return "".join(parts)


def _zone_box(left: float, right: float | None) -> str:
    if left >= 1:
        return ""
    open_ended = right is None or right > 1
    end = 1.0 if right is None else _clip(right)
    names = ["bu-zone"]
    names += ["open"] if right is None else []
    names += ["cut-left"] if left < 0 else []
    names += ["cut-right"] if open_ended and right is not None else []
    start = _clip(left)
    return f'<i class="{" ".join(names)}" style="{_span(start, end)}"></i>'


def _bar(origin: float, value: float | None, *, waits: bool) -> str:
    if value is None:
        return ""
    left, right = sorted((origin, value))
    names = ["bu-bar"]
    names += ["over"] if value > 1 else []
    names += ["under"] if value < 0 else []
    names += ["wait"] if waits else []
    return f'<i class="{" ".join(names)}" style="{_span(_clip(left), _clip(right))}"></i>'


def _hatch(value: float | None, forecast: float | None) -> str:
    if value is None or forecast is None or _clip(forecast) <= _clip(value):
        return ""
    look = "bu-fc over" if forecast > 1 else "bu-fc"
    return f'<i class="{look}" style="{_span(_clip(value), _clip(forecast))}"></i>'


def _point(name: str, position: float | None, *, waits: bool = False) -> str:
    if position is None:
        return ""
    beyond = " over" if position > 1 else " under" if position < 0 else ""
    look = f"bu-{name}{beyond}{' wait' if waits else ''}"
    return f'<i class="{look}" style="left:{_percent(_clip(position))}"></i>'


def _clip(position: float) -> float:
    return min(1.0, max(0.0, position))


def _span(left: float, right: float) -> str:
    return f"left:{_percent(left)};width:{_percent(right - left)}"


def _percent(position: float) -> str:
    return f"{100 * position:.2f}".rstrip("0").rstrip(".") + "%"
