"""The figures of one target: which ones its kind wants, and whether they fit.

Used for the decree's targets and for the districts' alike, so that both are held to the
same rules (METHOD 4). A rule yields (field, message); the caller knows the entry.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from kpi.definitions import Measure
from kpi.targets import Direction, Edges, TargetKind
from loaders.definition_models import EdgesEntry

Found = tuple[tuple[str | int, ...], str]  # field, message
Bounds = tuple[Decimal | None, Decimal | None]  # hard limits of the indicator

_FIELDS = {
    TargetKind.AT_LEAST: ("value",),
    TargetKind.AT_MOST: ("value",),
    TargetKind.RANGE: ("low", "high"),
    TargetKind.BAND: ("low", "high"),
    TargetKind.BELOW_PREVIOUS: (),
}
_DIRECTION = {
    TargetKind.AT_LEAST: Direction.INCREASE,
    TargetKind.AT_MOST: Direction.DECREASE,
    TargetKind.BELOW_PREVIOUS: Direction.DECREASE,
    TargetKind.BAND: Direction.HOLD,
}


def to_edges(kind: TargetKind, entry: EdgesEntry) -> Edges:
    if kind is TargetKind.AT_LEAST:
        return Edges(low=entry.value)
    if kind is TargetKind.AT_MOST:
        return Edges(high=entry.value)
    return Edges(entry.low, entry.high)


def kind_mistakes(
    kind: TargetKind, direction: Direction | None, measure: Measure
) -> Iterator[Found]:
    """Does this kind of target suit the indicator?"""
    wanted = _DIRECTION.get(kind)
    if wanted is not None and direction is not wanted:
        said = direction or "missing"
        yield ("kind",), f"{kind} goes with direction {wanted}, but the indicator's is {said}"
    elif kind is TargetKind.RANGE and direction not in (Direction.INCREASE, Direction.DECREASE):
        yield ("kind",), "a range needs the indicator's direction to be increase or decrease"
    if kind is TargetKind.BAND and measure is Measure.FLOW:
        yield ("kind",), "a band cannot be set on a flow: what accumulates cannot be held"


def edge_mistakes(
    kind: TargetKind, entry: EdgesEntry, decimals: int, bounds: Bounds
) -> Iterator[Found]:
    """Are the figures those the kind needs, in order, printable and possible?"""
    wanted = _FIELDS[kind]
    for name in ("value", "low", "high"):
        figure: Decimal | None = getattr(entry, name)
        if name in wanted and figure is None:
            yield (name,), f"is missing: {kind} needs it"
        elif name not in wanted and figure is not None:
            yield (name,), f"{kind} has no such figure"
        elif figure is not None:
            yield from _figure_mistakes(name, figure, decimals, bounds)
    if wanted == ("low", "high") and entry.low is not None and entry.high is not None:
        if entry.low > entry.high:
            yield ("low",), f"{entry.low} is above high, {entry.high}"
        elif kind is TargetKind.BAND and entry.low == entry.high:
            yield ("low",), "a band needs a width: low and high are equal"


def _figure_mistakes(name: str, figure: Decimal, decimals: int, bounds: Bounds) -> Iterator[Found]:
    exponent = figure.normalize().as_tuple().exponent
    assert isinstance(exponent, int)  # a number read from digits is finite
    if -exponent > decimals:
        # 6.296 for 6296 is the mistake this catches; besides, targets are printed rounded.
        yield (name,), f"{figure} has more decimals than the {decimals} this level prints"
    low, high = bounds
    if (low is not None and figure < low) or (high is not None and figure > high):
        yield (name,), f"{figure} lies outside the bounds {low} to {high}"
