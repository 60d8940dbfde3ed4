"""From checked entries to the objects of ``kpi``: defaults filled in, references resolved.

Runs only on a file without mistakes, so nothing is checked here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import cast

from kpi.definitions import (
    Agency,
    Basis,
    Commitment,
    Conversion,
    Decree,
    Definitions,
    Demo,
    DueRule,
    Indicator,
    Level,
    LevelRule,
    Sector,
    Text,
    Thresholds,
    UnitOfMeasure,
)
from kpi.targets import Direction, Target
from loaders.definition_book import Book
from loaders.definition_models import (
    CommitmentEntry,
    DecreeEntry,
    HeadEntry,
    IndicatorEntry,
    TextEntry,
    ThresholdsEntry,
    UnitOfMeasureEntry,
)
from loaders.target_rules import to_edges

PROVINCE = "20"  # GSO code of the unit the decree's numbers are set for


def to_definitions(book: Book) -> Definitions:
    """Put a book without mistakes together."""
    head = cast(HeadEntry, book.head)  # a broken head is a mistake
    units = {name: _unit(entry) for name, entry in book.units_of_measure.items()}
    agencies = {
        name: Agency(name, entry.name.to_text(), entry.short.to_text())
        for name, entry in book.agencies.items()
    }
    return Definitions(
        version=head.version,
        plan_year=head.plan_year,
        in_force_from=head.in_force_from,
        form_version=head.form_version or "",
        document=head.document.to_text(),
        sectors={n: Sector(n, e.number, e.name.to_text()) for n, e in book.sectors.items()},
        agencies=agencies,
        indicators={n: _indicator(e, head, units) for n, e in book.indicators.items()},
        commitments={n: _commitment(e, agencies) for n, e in book.commitments.items()},
        targets=tuple(_targets(book, head)),
        due={number(q): DueRule(e.month, e.day, e.years) for q, e in head.due.items()},
        approval={str(form): str(how) for form, how in head.approval.items()},
        calendar={str(form): entry.to_calendar() for form, entry in head.calendar.items()},
        demo=Demo(head.demo.period),
        checks=tuple(entry.to_rule() for entry in head.checks),
        bases={n: Basis(n, e.name.to_text()) for n, e in book.bases.items()},
    )


def number(quarter: str) -> int:
    """3 for "Q3"."""
    return int(quarter.removeprefix("Q"))


def _unit(entry: UnitOfMeasureEntry) -> UnitOfMeasure:
    return UnitOfMeasure(
        id=entry.id,
        name=entry.name.to_text(),
        is_percent=entry.is_percent,
        is_count=entry.is_count,
        aliases=entry.aliases,
        short=_text(entry.short),
        one=_text(entry.one),
    )


def _indicator(
    entry: IndicatorEntry, head: HeadEntry, units: Mapping[str, UnitOfMeasure]
) -> Indicator:
    return Indicator(
        id=entry.id,
        name=entry.name.to_text(),
        short=entry.short.to_text(),
        sector=entry.sector,
        role=entry.role,
        unit_of_measure=units[entry.unit_of_measure],
        measure=entry.measure,
        direction=entry.direction,
        levels=_levels(entry),
        across_units=entry.across_units,
        decree=_decree(entry.decree) if entry.decree else None,
        asked_at=tuple(number(q) for q in entry.asked_at or ("Q1", "Q2", "Q3", "Q4")),
        annual=entry.annual,
        numerator=entry.numerator,
        denominator=entry.denominator,
        weight_indicator=entry.weight_indicator,
        reconcile_with=entry.reconcile_with,
        contribution_weight=entry.contribution_weight,
        parent=entry.parent,
        group=entry.group,
        growth=entry.growth,
        pace=None if entry.pace is None else {number(q): s for q, s in entry.pace.items()},
        linear=entry.linear,
        forecast_latest=entry.forecast == "latest",
        hard_low=entry.bounds.low,
        hard_high=entry.bounds.high,
        good_side=entry.good_side,
        share_group=entry.share_group,
        conversion=_conversion(entry),
        weight=entry.weight,
        thresholds=_thresholds(head.thresholds, entry.thresholds),
        aliases=entry.aliases,
        notes=tuple(note.to_text() for note in entry.notes),
        status_by_quarter={number(q): code for q, code in entry.status_by_quarter.items()},
    )


def _text(entry: TextEntry | None) -> Text | None:
    return entry.to_text() if entry else None


def _levels(entry: IndicatorEntry) -> dict[Level, LevelRule]:
    return {
        level: LevelRule(
            rule.reporter,
            rule.basis,
            entry.decimals if rule.decimals is None else rule.decimals,
        )
        for level, rule in entry.levels.items()
    }


def _decree(entry: DecreeEntry) -> Decree:
    return Decree(entry.clause, entry.quote, entry.words)


def _conversion(entry: IndicatorEntry) -> Conversion | None:
    found = entry.conversion
    return Conversion(found.from_basis, found.to_basis, found.product_taxes) if found else None


def _thresholds(defaults: ThresholdsEntry, own: ThresholdsEntry | None) -> Thresholds:
    said = defaults.model_dump(exclude_none=True)
    if own is not None:
        said |= own.model_dump(exclude_none=True)
    return replace(Thresholds(), **said)


def _commitment(entry: CommitmentEntry, agencies: Mapping[str, Agency]) -> Commitment:
    name = agencies[entry.owner].name if entry.owner else _text(entry.owner_name)
    return Commitment(
        entry.id, entry.name.to_text(), _decree(entry.decree), entry.owner or "", name
    )


def _targets(book: Book, head: HeadEntry) -> Iterator[Target]:
    """The decree's numbers, for the province and the plan year."""
    for entry in book.indicators.values():
        if entry.target is None:
            continue
        target = entry.target
        yield Target(
            indicator=entry.id,
            org_unit=PROVINCE,
            year=head.plan_year,
            kind=target.kind,
            direction=cast(Direction, entry.direction),  # a target without one is a mistake
            edges=to_edges(target.kind, target),
            basis=target.basis or entry.levels[Level.PROVINCE].basis,
            clause=entry.decree.clause if entry.decree else "",
            document=head.document.vi,
            in_force_from=head.in_force_from,
            by_quarter={
                number(q): to_edges(target.kind, edges) for q, edges in target.by_quarter.items()
            },
            baseline=target.baseline,
        )
