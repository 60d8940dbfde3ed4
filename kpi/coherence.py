"""Do parts and wholes agree, and who carries what is left over?

Three questions of one period: do the districts add up to the province's reported figure, do
the shares of a structure add up to 100, do the sectors' contributions add up to growth. A
gap is a question to somebody, never a verdict, so each names who is furthest from what was
to be expected: of districts and shares from their part of a year before (the deviations add
up to the gap).

What growth leaves over is the contribution of product taxes less subsidies, which have a
share and no growth figure, and the difference of prices. It is nobody's error as long as it
is what such a part could bring: the growth it implies for the taxes lies among the sectors'
own, or no further outside than their range is wide. Then it is charged to no sector. Only
beyond that is somebody named: the sector whose contribution departs furthest from what its
share would have brought with last year's growth.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from kpi.across import Values
from kpi.check_rules import BetweenParts, ShareSum
from kpi.contributions import Contributions, contributions
from kpi.definitions import Across, Definitions, Indicator, Level, OrgUnits
from kpi.observations import Known

_WHOLE = Decimal(100)
_NONE = Decimal(0)


class Whole(StrEnum):
    """Which parts are held against which whole."""

    DISTRICTS = "districts"
    SHARES = "shares"
    GROWTH = "growth"


@dataclass(frozen=True)
class Carried:
    """One part's share of a gap: a unit's code, or an indicator's id.

    ``value`` is None where it has no figure.
    """

    who: str
    amount: Decimal
    value: Decimal | None


@dataclass(frozen=True)
class Gap:
    """A whole beside its parts; ``difference`` is the whole less the parts."""

    kind: Whole
    indicator: str  # of shares: the group's first
    org_unit: str
    whole: Decimal
    parts: Decimal
    beyond: bool  # more than the definitions allow
    carried: tuple[Carried, ...]  # who is furthest off in the gap's direction, first
    missing: tuple[str, ...] = ()  # units without a figure
    unmeasured: str | None = None  # of growth: the part that has a share and no growth figure
    implied: Decimal | None = None  # the growth that part must have had, %, for all to agree

    @property
    def difference(self) -> Decimal:
        return self.whole - self.parts

    @property
    def carrier(self) -> Carried | None:
        """Who contributes most to the gap; None where there is none, or it is nobody's: shares
        may be off by their rounding, growth by what has no growth figure."""
        if not self.difference or not self.carried:
            return None
        if self.kind is not Whole.DISTRICTS and not self.beyond:
            return None
        first = self.carried[0]
        return first if first.amount * self.difference > 0 else None


def gaps(
    definitions: Definitions, org_units: OrgUnits, values: Values, previous: Values
) -> tuple[Gap, ...]:
    """Every whole that can be held against its parts, in the definitions' order.

    Args:
        values: in force at the period, annual figures with the quarter they are asked at;
            districts are those for which anything is reported or expected.
        previous: the same of the same period a year before.
    """
    return (
        *_districts(definitions, org_units, values, previous),
        *_shares(definitions, org_units, values, previous),
        *_growth(definitions, org_units, values, previous),
    )


# --- the districts and the province ------------------------------------------------------


def _districts(
    definitions: Definitions, org_units: OrgUnits, values: Values, previous: Values
) -> Iterator[Gap]:
    province = org_units.province.code
    for indicator in definitions.indicators.values():
        reported = values.get((indicator.id, province))
        if indicator.reconcile_with is not Across.SUM or reported is None:
            continue
        if reported.value is None:
            continue
        units = [unit.code for unit in org_units.districts(reported.period.end)]
        found = {unit: values.get((indicator.id, unit)) for unit in units}
        if not any(known is not None and known.value is not None for known in found.values()):
            continue
        if any(known.basis != reported.basis for known in found.values() if known):
            continue
        before = {unit: previous.get((indicator.id, unit)) for unit in units}
        yield _gap(
            Whole.DISTRICTS, indicator, province, reported.value, found, before,
            tolerance=definitions.reconcile_tolerance * abs(reported.value),
        )  # fmt: skip


# --- the shares and 100 ------------------------------------------------------------------


def _shares(
    definitions: Definitions, org_units: OrgUnits, values: Values, previous: Values
) -> Iterator[Gap]:
    groups: dict[str, list[Indicator]] = {}
    for indicator in definitions.indicators.values():
        if indicator.share_group is not None:
            groups.setdefault(indicator.share_group, []).append(indicator)
    rules = (rule for rule in definitions.checks if isinstance(rule, ShareSum))
    tolerance = next((rule.tolerance for rule in rules), _NONE)
    for members in groups.values():
        for code, unit in org_units.units.items():
            own = [one for one in members if one.exists_at(unit.level)]
            found = {one.id: values.get((one.id, code)) for one in own}
            if not own or any(known is None or known.value is None for known in found.values()):
                continue
            before = {one.id: previous.get((one.id, code)) for one in own}
            yield _gap(Whole.SHARES, own[0], code, _WHOLE, found, before, tolerance=tolerance)


# --- growth and what each sector brought -------------------------------------------------


def _growth(
    definitions: Definitions, org_units: OrgUnits, values: Values, previous: Values
) -> Iterator[Gap]:
    province = org_units.province.code
    parts = [one for one in definitions.indicators.values() if one.contribution_weight]
    for parent in dict.fromkeys(one.parent for one in parts if one.parent):
        own = [one for one in parts if one.parent == parent]
        pairs = [
            (
                values.get((one.id, province)),
                previous.get((one.contribution_weight or "", province)),
            )
            for one in own
        ]
        found = contributions(values.get((parent, province)), pairs)
        if found is not None:
            rest = _rest_of(definitions, own, previous, province)
            yield _growth_gap(definitions, found, rest, previous)


def _growth_gap(
    definitions: Definitions, found: Contributions, rest: Known | None, previous: Values
) -> Gap:
    implied = None
    if rest is not None and rest.value is not None and rest.value > 0:
        implied = _WHOLE * found.rest / rest.value
    total = found.total
    return Gap(
        Whole.GROWTH, total.indicator, total.org_unit, found.whole, found.whole - found.rest,
        beyond=_cannot_be(definitions, found, implied),
        carried=_departures(found, previous),
        unmeasured=None if rest is None else rest.indicator,
        implied=implied,
    )  # fmt: skip


def _cannot_be(definitions: Definitions, found: Contributions, implied: Decimal | None) -> bool:
    """The implied growth is far from the sectors' own, where a total must lie among them."""
    declared = any(
        isinstance(rule, BetweenParts) and rule.total == found.total.indicator
        for rule in definitions.checks
    )
    growths = [part.growth.value for part in found.parts if part.growth.value is not None]
    least, greatest = min(growths), max(growths)
    width = greatest - least
    return declared and implied is not None and not least - width <= implied <= greatest + width


def _departures(found: Contributions, previous: Values) -> tuple[Carried, ...]:
    """How much less each sector brings than its share would with last year's growth."""
    carried = []
    for part in found.parts:
        before = previous.get((part.growth.indicator, part.growth.org_unit))
        if before is None or before.value is None or before.basis != part.growth.basis:
            continue
        assert part.weight.value is not None
        expected = part.weight.value * before.value / _WHOLE
        carried.append(Carried(part.growth.indicator, expected - part.value, part.value))
    towards = 1 if found.rest > 0 else -1
    return tuple(sorted(carried, key=lambda one: one.amount * towards, reverse=True))


def _rest_of(
    definitions: Definitions, own: Sequence[Indicator], previous: Values, province: str
) -> Known | None:
    """The share that belongs to no sector with a growth figure: product taxes less subsidies."""
    weights = {one.contribution_weight for one in own}
    groups = {definitions.indicators[name].share_group for name in weights if name}
    others = (
        previous[one.id, province]
        for one in definitions.indicators.values()
        if one.share_group in groups and one.id not in weights
        and one.exists_at(Level.PROVINCE) and (one.id, province) in previous
    )  # fmt: skip
    return next(others, None)


# --- who carries a gap -------------------------------------------------------------------


def _gap(
    kind: Whole,
    indicator: Indicator,
    org_unit: str,
    whole: Decimal,
    found: Mapping[str, Known | None],
    before: Mapping[str, Known | None],
    *,
    tolerance: Decimal,
) -> Gap:
    stated = {who: known.value if known else None for who, known in found.items()}
    parts = sum((value for value in stated.values() if value is not None), _NONE)
    difference = whole - parts
    expected = _expected(whole, stated, before)
    carried = [
        Carried(who, expected[who] - (value or _NONE), value) for who, value in stated.items()
    ]
    towards = 1 if difference > 0 else -1
    carried.sort(key=lambda one: one.amount * towards, reverse=True)
    missing = tuple(who for who, value in stated.items() if value is None)
    beyond = abs(difference) > tolerance
    return Gap(kind, indicator.id, org_unit, whole, parts, beyond, tuple(carried), missing)


def _expected(
    whole: Decimal, stated: Mapping[str, Decimal | None], before: Mapping[str, Known | None]
) -> dict[str, Decimal]:
    """The whole divided as a year before; without that year, as it is divided now."""
    sizes = {who: known.value if known else None for who, known in before.items()}
    if any(size is None or size < 0 for size in sizes.values()) or not any(sizes.values()):
        sizes = {who: abs(value) if value is not None else _NONE for who, value in stated.items()}
    total = sum((size for size in sizes.values() if size is not None), _NONE)
    if not total:
        return {who: whole / len(stated) for who in stated}
    return {who: whole * (size or _NONE) / total for who, size in sizes.items()}
