"""Rules one indicator of ``kpi_definitions.yaml`` must keep, beyond the shape of its fields.

Each rule is a generator over one sound entry and yields (field, message). References by
name are looked up in ``definition_rules``, the figures of a target in ``target_rules``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal

from kpi.definitions import OWN_UNIT, Across, Level, Measure, Role
from kpi.targets import TargetKind
from loaders.definition_book import Book
from loaders.definition_models import DecreeEntry, IndicatorEntry, ThresholdsEntry
from loaders.target_rules import Found, edge_mistakes, kind_mistakes


def _role(entry: IndicatorEntry, book: Book) -> Iterator[Found]:
    if entry.role is Role.TARGET and entry.target is None:
        yield ("target",), "is missing: the role is target"
    if entry.role is not Role.TARGET and entry.target is not None:
        yield ("target",), f"the role {entry.role} has no target"
    if entry.role is not Role.INPUT and entry.decree is None:
        yield ("decree",), f"is missing: the role is {entry.role}"
    if entry.decree is not None:
        yield from decree_mistakes(entry.decree)


def decree_mistakes(decree: DecreeEntry) -> Iterator[Found]:
    if decree.words not in decree.quote:
        yield ("decree", "words"), "are not in the quote letter by letter"


def _levels(entry: IndicatorEntry, book: Book) -> Iterator[Found]:
    if not entry.levels:
        yield ("levels",), "is empty: the indicator exists nowhere"
    for level, rule in entry.levels.items():
        if level is Level.PROVINCE and rule.reporter == OWN_UNIT:
            yield (
                ("levels", level, "reporter"),
                "the province sends no form A; name the agency that reports it",
            )
        if rule.reporter is None and not _computed(entry, level):
            yield (
                ("levels", level, "reporter"),
                f"nobody reports it and across_units {entry.across_units} does not compute it",
            )


def _computed(entry: IndicatorEntry, level: Level) -> bool:
    """A ratio follows from its inputs anywhere, a sum or mean from the level below."""
    if entry.across_units is Across.RATIO:
        return True
    if entry.across_units is Across.REPORTED or level is not Level.PROVINCE:
        return False
    return Level.DISTRICT in entry.levels


def _across(entry: IndicatorEntry, book: Book) -> Iterator[Found]:
    is_ratio = entry.across_units is Across.RATIO
    for name, identifier in (("numerator", entry.numerator), ("denominator", entry.denominator)):
        if is_ratio and identifier is None:
            yield (name,), "is missing: across_units is ratio"
        elif not is_ratio and identifier is not None:
            yield (name,), f"across_units {entry.across_units} has none"
        elif identifier is not None and (part := book.indicators.get(identifier)) is not None:
            yield from _ratio_part(name, part, entry)
    is_mean = entry.across_units is Across.WEIGHTED_MEAN
    is_mean = is_mean or entry.reconcile_with is Across.WEIGHTED_MEAN
    if is_mean != (entry.weight_indicator is not None):
        yield ("weight_indicator",), "goes with across_units weighted_mean, and only with it"
    if entry.measure is Measure.RATE and entry.across_units is Across.SUM:
        yield ("across_units",), "a rate cannot be added up"


def _beside(entry: IndicatorEntry, book: Book) -> Iterator[Found]:
    """A figure that is reported and computed is measured of the same thing at both levels."""
    way = entry.reconcile_with
    if way is None:
        return
    if way not in (Across.SUM, Across.WEIGHTED_MEAN):
        yield ("reconcile_with",), f"{way} computes nothing from reported figures"
    if entry.across_units is not Across.REPORTED:
        yield ("reconcile_with",), f"across_units {entry.across_units} is computed anyway"
    if way is Across.SUM and entry.measure is Measure.RATE:
        yield ("reconcile_with",), "a rate cannot be added up"
    bases = {level: rule.basis for level, rule in entry.levels.items()}
    if set(bases) != {Level.PROVINCE, Level.DISTRICT}:
        yield ("reconcile_with",), "needs the figure at both levels"
    elif len(set(bases.values())) > 1:
        yield ("reconcile_with",), "the levels are measured on two bases"


def _contribution(entry: IndicatorEntry, book: Book) -> Iterator[Found]:
    name = entry.contribution_weight
    if name is None:
        return
    if not entry.growth or entry.parent is None:
        yield ("contribution_weight",), "goes with a growth that is part of another (parent)"
    share = book.indicators.get(name)
    if share is not None and share.share_group is None:
        yield ("contribution_weight",), f'"{name}" is no share of a whole'


def _ratio_part(name: str, part: IndicatorEntry, entry: IndicatorEntry) -> Iterator[Found]:
    if part.across_units is Across.RATIO:
        yield (name,), f'"{part.id}" is a ratio itself; counts are needed'
    for level in entry.levels:
        if level not in part.levels:
            yield (name,), f'"{part.id}" does not exist at level {level}'


def _target(entry: IndicatorEntry, book: Book) -> Iterator[Found]:
    target = entry.target
    if target is None:
        return
    yield from under("target", kind_mistakes(target.kind, entry.direction, entry.measure))
    province = entry.levels.get(Level.PROVINCE)
    if province is None:
        yield ("target",), "the decree's target is the province's, but levels has no province"
        return
    decimals = entry.decimals if province.decimals is None else province.decimals
    bounds = entry.bounds.low, entry.bounds.high
    yield from under("target", edge_mistakes(target.kind, target, decimals, bounds))
    for quarter, edges in target.by_quarter.items():
        found = edge_mistakes(target.kind, edges, decimals, bounds)
        yield from under("target", under("by_quarter", under(quarter, found)))
    last = target.by_quarter.get("Q4")
    if last is not None and (last.value, last.low, last.high) != (
        target.value,
        target.low,
        target.high,
    ):
        yield ("target", "by_quarter", "Q4"), "differs from the year's own figures"
    if target.by_quarter and target.kind is TargetKind.BELOW_PREVIOUS:
        yield ("target", "by_quarter"), "below_previous has no figures of its own"


def _bases(entry: IndicatorEntry, book: Book) -> Iterator[Found]:
    conversion = entry.conversion
    if conversion is None:
        return
    if conversion.from_basis not in {rule.basis for rule in entry.levels.values()}:
        yield ("conversion", "from_basis"), "is the basis of no level of this indicator"
    if entry.target is None or entry.target.basis != conversion.to_basis:
        yield ("conversion", "to_basis"), "is not the basis of the target"
    taxes = book.indicators.get(conversion.product_taxes)
    if taxes and conversion.from_basis not in {rule.basis for rule in taxes.levels.values()}:
        yield (
            ("conversion", "product_taxes"),
            f'"{taxes.id}" is not measured on the basis {conversion.from_basis}',
        )


def _whole(entry: IndicatorEntry, book: Book) -> Iterator[Found]:
    unit = book.units_of_measure.get(entry.unit_of_measure)
    if unit is None or not unit.is_count:
        return
    if entry.decimals != 0:
        yield ("decimals",), f'must be 0: "{unit.id}" counts whole things'
    for level, rule in entry.levels.items():
        if rule.decimals:
            yield ("levels", level, "decimals"), f'must be 0: "{unit.id}" counts whole things'


def _pace(entry: IndicatorEntry, book: Book) -> Iterator[Found]:
    if entry.pace is None:
        return
    if entry.measure is Measure.RATE:
        yield ("pace",), "a rate has no pace: its target holds at every quarter"
    previous = Decimal(0)
    for quarter in ("Q1", "Q2", "Q3", "Q4"):
        share = entry.pace.get(quarter)
        if share is None:
            yield ("pace", quarter), "is missing: a pace names all four quarters"
            continue
        if not 0 <= share <= 1:
            yield ("pace", quarter), f"{share} is not between 0 and 1"
        elif share < previous:
            yield ("pace", quarter), f"{share} is less than the quarter before, {previous}"
        elif quarter == "Q4" and share != 1:
            yield ("pace", quarter), f"must be 1, the whole year, not {share}"
        previous = share


def _fields(entry: IndicatorEntry, book: Book) -> Iterator[Found]:
    low, high = entry.bounds.low, entry.bounds.high
    if low is not None and high is not None and low >= high:
        yield ("bounds", "low"), f"{low} is not below high, {high}"
    if entry.good_side is not None and (
        entry.target is None or entry.target.kind is not TargetKind.BAND
    ):
        yield ("good_side",), "only a band has a wished-for side"
    if entry.annual and entry.asked_at is not None:
        yield ("asked_at",), "an annual figure is always asked for with Q4"
    if entry.asked_at is not None and list(entry.asked_at) != sorted(set(entry.asked_at)):
        yield ("asked_at",), "names each quarter once, in order"
    if entry.asked_at is not None and "Q4" not in entry.asked_at:
        yield ("asked_at",), "must have Q4, at which the year is judged"
    if entry.weight < 0:
        yield ("weight",), "must not be negative"
    if entry.thresholds is not None:
        defaults = book.head.thresholds if book.head else ThresholdsEntry()
        yield from under("thresholds", threshold_mistakes(entry.thresholds, defaults))


def threshold_mistakes(entry: ThresholdsEntry, defaults: ThresholdsEntry) -> Iterator[Found]:
    """Shares lie within 0 and 1, and "at risk" begins no later than "on track"."""
    for name, value in entry:
        if value is None:
            continue
        if value < 0:
            yield (name,), "must not be negative"
        elif name not in ("min_history_years", "small_count") and value > 1:
            yield (name,), f"is a part of one, so {value} is too much"
    at_risk = defaults.at_risk_from if entry.at_risk_from is None else entry.at_risk_from
    on_track = defaults.on_track_from if entry.on_track_from is None else entry.on_track_from
    if at_risk is not None and on_track is not None and at_risk > on_track:
        yield ("at_risk_from",), f"{at_risk} is above on_track_from, {on_track}"


def under(name: str, found: Iterator[Found]) -> Iterator[Found]:
    for where, message in found:
        yield (name, *where), message


_Rule = Callable[[IndicatorEntry, Book], Iterator[Found]]
INDICATOR_RULES: tuple[_Rule, ...] = (
    _role,
    _levels,
    _across,
    _beside,
    _contribution,
    _target,
    _bases,
    _whole,
    _pace,
    _fields,
)
