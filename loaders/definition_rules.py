"""Rules of ``kpi_definitions.yaml`` as a whole: references, agencies, commitments, head.

``check_book`` runs every rule, those of single indicators too, and notes what they find.
A reference to an entry that exists but is broken itself is no second mistake.
"""

from __future__ import annotations

from collections.abc import Iterator

from kpi.definitions import OWN_UNIT
from loaders.check_models import BetweenPartsEntry
from loaders.definition_book import Book
from loaders.definition_models import CommitmentEntry, HeadEntry
from loaders.indicator_rules import INDICATOR_RULES, decree_mistakes, threshold_mistakes, under
from loaders.target_rules import Found

_DAYS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)  # the least a month has


def check_book(book: Book) -> None:
    """Note every mistake the rules find."""
    for identifier, indicator in book.indicators.items():
        place = book.places["indicators"][identifier]
        for rule in INDICATOR_RULES:
            for where, message in rule(indicator, book):
                book.document.complain((*place, *where), message)
    for index, raw in enumerate(book.document.entries("indicators")):
        for where, message in _references(raw, book):
            book.document.complain(("indicators", index, *where), message)
    for identifier, commitment in book.commitments.items():
        place = book.places["commitments"][identifier]
        for where, message in _commitment(commitment, book):
            book.document.complain((*place, *where), message)
    for identifier in book.agencies:
        if not _reports(identifier, book):
            place = book.places["agencies"][identifier]
            book.document.complain(place, "reports no figure, so its form would be empty")
    if book.head is not None:
        for where, message in (*_head(book.head), *_checks(book.head, book)):
            book.document.complain(where, message)


def _reports(agency: str, book: Book) -> bool:
    if len(book.indicators) < len(book.document.entries("indicators")):
        return True  # a broken indicator may be the one it reports
    rules = (rule for entry in book.indicators.values() for rule in entry.levels.values())
    return any(rule.reporter == agency for rule in rules)


_REFERENCES = (
    (("sector",), "sectors"),
    (("unit_of_measure",), "units_of_measure"),
    (("numerator",), "indicators"),
    (("denominator",), "indicators"),
    (("weight_indicator",), "indicators"),
    (("contribution_weight",), "indicators"),
    (("parent",), "indicators"),
    (("levels", "province", "reporter"), "agencies"),
    (("levels", "province", "basis"), "bases"),
    (("levels", "district", "reporter"), "agencies"),
    (("levels", "district", "basis"), "bases"),
    (("target", "basis"), "bases"),
    (("conversion", "from_basis"), "bases"),
    (("conversion", "to_basis"), "bases"),
    (("conversion", "product_taxes"), "indicators"),
)


def _references(raw: object, book: Book) -> Iterator[Found]:
    """Read from the file, not the entry, so that a broken entry is looked through too."""
    for where, list_name in _REFERENCES:
        value = raw
        for step in where:
            value = value.get(step) if isinstance(value, dict) else None
        if not isinstance(value, str) or book.knows(list_name, value):
            continue
        if not (list_name == "agencies" and value == OWN_UNIT):
            yield where, f'"{value}" is not in {list_name}'


def _commitment(entry: CommitmentEntry, book: Book) -> Iterator[Found]:
    yield from decree_mistakes(entry.decree)
    if (entry.owner is None) == (entry.owner_name is None):
        yield ("owner",), "exactly one of owner (an agency) and owner_name is needed"
    if entry.owner is not None and not book.knows("agencies", entry.owner):
        yield ("owner",), f'"{entry.owner}" is not in agencies'


def _checks(head: HeadEntry, book: Book) -> Iterator[Found]:
    for index, entry in enumerate(head.checks):
        if not isinstance(entry, BetweenPartsEntry):
            continue
        if not book.knows("indicators", entry.total):
            yield ("checks", index, "total"), f'"{entry.total}" is not in indicators'
        for number, part in enumerate(entry.parts):
            if not book.knows("indicators", part):
                yield ("checks", index, "parts", number), f'"{part}" is not in indicators'


def _head(head: HeadEntry) -> Iterator[Found]:
    for quarter in ("Q1", "Q2", "Q3", "Q4"):
        due = head.due.get(quarter)
        if due is None:
            yield ("due", quarter), "is missing"
        elif due.day > _DAYS[due.month - 1]:
            yield ("due", quarter, "day"), f"month {due.month} has no day {due.day} every year"
    for form in ("A", "B"):
        if form not in head.approval:
            yield ("approval", form), "is missing"
    if head.demo.period.quarter == 0:
        yield ("demo", "period"), "must be a quarter such as 2018-Q3"
    yield from under("thresholds", threshold_mistakes(head.thresholds, head.thresholds))
