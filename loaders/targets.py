"""Read ``data/targets/<year>.yaml``: the targets assigned to districts and the city.

One entry is one indicator with its kind and basis and the figures of each unit; the same
rules hold as for the decree's own targets (``target_rules``). The decree's targets are in
``kpi_definitions.yaml``, and the truth is the table ``target``: this file only proposes
rows to it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated, cast

from pydantic import Field, StrictBool, StrictInt

from kpi.definitions import Definitions, Indicator, Level, OrgUnit, OrgUnits
from kpi.targets import Direction, Target, TargetKind
from loaders.definition_models import EdgesEntry
from loaders.entry_lists import Places, read_head, read_list
from loaders.model_types import Day, Identifier, Strict, UnitCode, Words
from loaders.target_rules import Found, edge_mistakes, kind_mistakes, to_edges
from loaders.yaml_lines import read_document

_LISTS = ("targets",)


class TargetsHead(Strict):
    """Where the targets come from: one decision, or an illustration of one."""

    year: Annotated[StrictInt, Field(ge=2000, le=2100)]
    document: Words
    assigned_by: Words
    in_force_from: Day
    illustrative: StrictBool = False


class AssignedEntry(Strict):
    indicator: Identifier
    kind: TargetKind
    basis: Identifier
    units: Mapping[UnitCode, EdgesEntry] | None = None
    each: EdgesEntry | None = None  # the same figures for every district-level unit


def load_targets(path: Path, definitions: Definitions, org_units: OrgUnits) -> tuple[Target, ...]:
    """The file's targets in its order, checked against definitions and units.

    Raises:
        DefinitionsError: lists every mistake with file, line, entry and field.
    """
    document = read_document(path)
    places: Places = {}
    head = read_head(document, TargetsHead, _LISTS)
    entries = read_list(document, "targets", AssignedEntry, places, key="indicator")
    for name, entry in entries.items():
        for where, message in _mistakes(entry, definitions, org_units):
            document.complain((*places["targets"][name], *where), message)
    document.raise_mistakes()
    return tuple(
        target
        for entry in entries.values()
        for target in _targets(entry, cast(TargetsHead, head), definitions, org_units)
    )


def _mistakes(
    entry: AssignedEntry, definitions: Definitions, org_units: OrgUnits
) -> Iterator[Found]:
    indicator = definitions.indicators.get(entry.indicator)
    if indicator is None:
        yield ("indicator",), f'"{entry.indicator}" is not in the definitions'
        return
    if not indicator.exists_at(Level.DISTRICT):
        yield ("indicator",), "does not exist at level district"
        return
    if entry.basis not in definitions.bases:
        yield ("basis",), f'"{entry.basis}" is not in the definitions'
    yield from kind_mistakes(entry.kind, indicator.direction, indicator.measure)
    if (entry.units is None) == (entry.each is None):
        yield ("units",), "exactly one of units and each is needed"
    if entry.each is not None:
        yield from _edges(entry, entry.each, indicator, ("each",))
    for code, edges in (entry.units or {}).items():
        unit = org_units.units.get(code)
        if unit is None or unit.level is not Level.DISTRICT:
            yield ("units", code), f'"{code}" is no district-level unit'
        yield from _edges(entry, edges, indicator, ("units", code))


def _edges(
    entry: AssignedEntry, edges: EdgesEntry, indicator: Indicator, where: tuple[str, ...]
) -> Iterator[Found]:
    decimals = indicator.decimals_at(Level.DISTRICT)
    bounds = indicator.hard_low, indicator.hard_high
    for field, message in edge_mistakes(entry.kind, edges, decimals, bounds):
        yield (*where, *field), message


def _targets(
    entry: AssignedEntry, head: TargetsHead, definitions: Definitions, org_units: OrgUnits
) -> Iterator[Target]:
    indicator = definitions.indicators[entry.indicator]
    for code, edges in _figures(entry, org_units).items():
        yield Target(
            indicator=indicator.id,
            org_unit=code,
            year=head.year,
            kind=entry.kind,
            direction=cast(Direction, indicator.direction),  # without one the kind is refused
            edges=to_edges(entry.kind, edges),
            basis=entry.basis,
            clause="",
            document=head.document,
            assigned_by=head.assigned_by,
            illustrative=head.illustrative,
            in_force_from=head.in_force_from,
        )


def _figures(entry: AssignedEntry, org_units: OrgUnits) -> Mapping[str, EdgesEntry]:
    if entry.each is None:
        return entry.units or {}
    return {unit.code: entry.each for unit in _districts(org_units)}


def _districts(org_units: OrgUnits) -> Iterator[OrgUnit]:
    return (unit for unit in org_units.units.values() if unit.level is Level.DISTRICT)
