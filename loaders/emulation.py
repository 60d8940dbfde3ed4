"""Read ``data/emulation/<year>.yaml``: the rules of the emulation score of one plan year.

Every mistake is named at once, with its line: an unknown indicator or group, points of items
that do not add up to their group's, groups that do not add up to the total. What the registers
of exemplars and awards are counted for stands in a list of its own, ``tallies``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Annotated, cast

from pydantic import Field, StrictBool, StrictInt

from kpi.bilingual import Text
from kpi.definitions import Definitions, Level
from kpi.emulation import Bonus, Group, Item, KnockOut, Reporting, Rules, Step
from kpi.honours import Tally
from loaders.definition_models import TextEntry
from loaders.entry_lists import E, Places, read_head, read_list
from loaders.mistakes import said
from loaders.model_types import Identifier, Number, Strict, Words
from loaders.yaml_lines import Document, Place, parse_document

Found = tuple[Place, Text]
_LISTS = ("groups", "items", "tallies", "knock_outs")


class StepEntry(Strict):
    at_least: Annotated[Number, Field(alias="from")]
    points: Number


class GroupEntry(Strict):
    id: Identifier
    name: TextEntry
    short: TextEntry
    max: Number


class ItemEntry(Strict):
    indicator: Identifier
    group: Identifier
    max: Number
    full_at: Number | None = None
    steps: tuple[StepEntry, ...] = ()


class TallyEntry(Strict):
    tally: Tally
    group: Identifier
    max: Number
    full_at: Number


class KnockOutEntry(Strict):
    indicator: Identifier
    attainment_below: Number


class ReportingEntry(Strict):
    group: Identifier
    late_per_day: Number
    late_most: Number
    missing: Number
    returned: Number


class BonusEntry(Strict):
    exceeded: Number
    most: Number


class RulesHead(Strict):
    version: Words
    year: Annotated[StrictInt, Field(ge=2000, le=2100)]
    total: Number
    decimals: Annotated[StrictInt, Field(ge=0, le=4)]
    illustrative: StrictBool
    document: TextEntry
    clause: Words
    min_data: Number
    weights_vary: Number
    revisions_least: Annotated[StrictInt, Field(ge=1, le=20)] = 1
    reporting: ReportingEntry
    bonus: BonusEntry


def parse_rules(text: str, name: str, definitions: Definitions) -> Rules:
    """The rules, checked against the definitions of their plan year.

    Raises:
        DefinitionsError: lists every mistake with file, line, entry and field.
    """
    document = parse_document(text, name)
    places: Places = {}
    head = read_head(document, RulesHead, _LISTS)
    groups = read_list(document, "groups", GroupEntry, places)
    items = read_list(document, "items", ItemEntry, places, key="indicator")
    outs = _perhaps(document, "knock_outs", KnockOutEntry, places, "indicator")
    tallies = _perhaps(document, "tallies", TallyEntry, places, "tally")
    for id_, item in items.items():
        for where, message in _item_mistakes(item, groups, definitions):
            document.complain((*places["items"][id_], *where), message)
    for id_, tally in tallies.items():
        for where, message in _tally_mistakes(tally, groups, items):
            document.complain((*places["tallies"][id_], *where), message)
    for id_ in outs:
        if id_ not in items:
            document.complain((*places["knock_outs"][id_], "indicator"), said("not_scored", id=id_))
    if head is not None:
        for where, message in _sum_mistakes(head, groups, [*items.values(), *tallies.values()]):
            document.complain(where, message)
    document.raise_mistakes()
    scored = {id_: _item(one) for id_, one in items.items()}
    scored |= {id_: _counted(one) for id_, one in tallies.items()}
    return _rules(cast(RulesHead, head), groups, scored, outs)


def _perhaps(
    document: Document, name: str, model: type[E], places: Places, key: str
) -> dict[str, E]:
    """A list that need not be there."""
    return read_list(document, name, model, places, key) if document.entries(name) else {}


def _item_mistakes(
    item: ItemEntry, groups: Mapping[str, GroupEntry], definitions: Definitions
) -> Iterator[Found]:
    indicator = definitions.indicators.get(item.indicator)
    if indicator is None:
        yield ("indicator",), said("no_such_indicator", id=item.indicator)
    elif not indicator.exists_at(Level.DISTRICT):
        yield ("indicator",), said("not_of_districts")
    if item.group not in groups:
        yield ("group",), said("no_such_group", id=item.group)
    if item.max <= 0:
        yield ("max",), said("above_0")
    if item.full_at is not None and item.steps:
        yield ("steps",), said("steps_or_full_at")
    if item.full_at is not None and item.full_at <= 0:
        yield ("full_at",), said("above_0")
    levels = [step.at_least for step in item.steps]
    if levels != sorted(set(levels), reverse=True):
        yield ("steps",), said("steps_fall")
    if any(not 0 <= step.points <= item.max for step in item.steps):
        yield ("steps",), said("steps_between")


def _tally_mistakes(
    tally: TallyEntry, groups: Mapping[str, GroupEntry], items: Mapping[str, ItemEntry]
) -> Iterator[Found]:
    if tally.tally.value in items:
        yield ("tally",), said("tally_is_item", id=tally.tally.value)
    if tally.group not in groups:
        yield ("group",), said("no_such_group", id=tally.group)
    if tally.max <= 0:
        yield ("max",), said("above_0")
    if tally.full_at <= 0:
        yield ("full_at",), said("above_0")


def _sum_mistakes(
    head: RulesHead,
    groups: Mapping[str, GroupEntry],
    items: Sequence[ItemEntry | TallyEntry],
) -> Iterator[Found]:
    together = sum((group.max for group in groups.values()), Decimal(0))
    if together != head.total:
        yield ("total",), said("total", total=head.total, together=together)
    if head.reporting.group not in groups:
        yield ("reporting", "group"), said("no_such_group", id=head.reporting.group)
    for id_, group in groups.items():
        own = [item.max for item in items if item.group == id_]
        if id_ == head.reporting.group:
            if own:
                yield ("items",), said("reports_only", id=id_)
        elif sum(own, Decimal(0)) != group.max:
            found = sum(own, Decimal(0))
            yield ("groups",), said("group_sum", id=id_, points=group.max, together=found)


def _rules(
    head: RulesHead,
    groups: Mapping[str, GroupEntry],
    items: Mapping[str, Item],
    outs: Mapping[str, KnockOutEntry],
) -> Rules:
    return Rules(
        version=head.version,
        year=head.year,
        document=head.document.to_text(),
        clause=head.clause,
        illustrative=head.illustrative,
        total=head.total,
        decimals=head.decimals,
        min_data=head.min_data,
        weights_vary=head.weights_vary,
        groups={
            id_: Group(id_, one.name.to_text(), one.short.to_text(), one.max)
            for id_, one in groups.items()
        },
        items=items,
        reporting=Reporting(**dict(head.reporting)),
        bonus=Bonus(**dict(head.bonus)),
        knock_outs=tuple(KnockOut(id_, one.attainment_below) for id_, one in outs.items()),
        revisions_least=head.revisions_least,
    )


def _item(entry: ItemEntry) -> Item:
    steps = tuple(Step(one.at_least, one.points) for one in entry.steps)
    return Item(entry.indicator, entry.group, entry.max, entry.full_at, steps)


def _counted(entry: TallyEntry) -> Item:
    return Item(entry.tally.value, entry.group, entry.max, entry.full_at, tally=entry.tally)
