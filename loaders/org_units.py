"""Read ``data/org_units.yaml``: the province, its districts and city, clusters, agencies.

A unit is known by its code of the General Statistics Office, which is text. Communes are
counts here, not units of their own. Every mistake is named at once, with its line.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, StrictBool, StrictInt

from kpi.definitions import AgencyPlace, Cluster, Level, OrgUnit, OrgUnits
from loaders.definition_models import TextEntry
from loaders.entry_lists import Places, read_head, read_list
from loaders.model_types import Day, Identifier, Strict, UnitCode
from loaders.target_rules import Found
from loaders.yaml_lines import Document, read_document

Count = Annotated[StrictInt, Field(ge=0)]
Cell = Annotated[StrictInt, Field(ge=0, le=3)]  # of the 4 x 4 tile map

_LISTS = ("clusters", "units", "agencies")


class ClusterEntry(Strict):
    id: Identifier
    name: TextEntry


class UnitEntry(Strict):
    code: UnitCode
    name: TextEntry
    short: TextEntry
    level: Level
    kind: Literal["province", "city", "district"]
    parent: UnitCode | None = None
    border: StrictBool
    communes: Count
    wards: Count
    townlets: Count
    cluster: Identifier | None = None
    tile: tuple[Cell, Cell] | None = None
    valid_from: Day
    valid_to: Day | None = None


class AgencyPlaceEntry(Strict):
    id: Identifier
    kind: Literal["department", "board", "office", "central"]
    parent: UnitCode
    valid_from: Day
    valid_to: Day | None = None


class _Head(Strict):
    """Nothing may stand beside the lists."""


def load_org_units(path: Path) -> OrgUnits:
    """All organisation units in the order of the file, checked.

    Raises:
        DefinitionsError: lists every mistake with file, line, entry and field.
    """
    document = read_document(path)
    places: Places = {}
    read_head(document, _Head, _LISTS)
    clusters = read_list(document, "clusters", ClusterEntry, places)
    units = read_list(document, "units", UnitEntry, places, key="code")
    agencies = read_list(document, "agencies", AgencyPlaceEntry, places)
    for code, unit in units.items():
        for where, message in _unit_mistakes(unit, units, places):
            document.complain((*places["units"][code], *where), message)
    for name, agency in agencies.items():
        for where, message in _agency_mistakes(agency, places):
            document.complain((*places["agencies"][name], *where), message)
    _check_province(document, units, places)
    document.raise_mistakes()
    return OrgUnits(
        units={code: _unit(entry) for code, entry in units.items()},
        clusters={n: Cluster(n, e.name.to_text()) for n, e in clusters.items()},
        agencies={n: _agency(entry) for n, entry in agencies.items()},
    )


def _unit_mistakes(unit: UnitEntry, units: dict[str, UnitEntry], places: Places) -> Iterator[Found]:
    yield from _validity(unit.valid_from, unit.valid_to)
    if (unit.level is Level.PROVINCE) != (unit.kind == "province"):
        yield ("kind",), f"{unit.kind} does not go with level {unit.level}"
    if unit.level is Level.PROVINCE:
        if unit.parent is not None:
            yield ("parent",), "the province has none"
        return
    if unit.parent is None or unit.parent not in places["units"]:
        yield ("parent",), f'"{unit.parent}" is not in units'
    if unit.cluster is None or unit.cluster not in places["clusters"]:
        yield ("cluster",), f'"{unit.cluster}" is not in clusters'
    if unit.tile is None:
        yield ("tile",), "is missing: every district has its place on the tile map"
    for other in units.values():
        if other.code < unit.code and unit.tile is not None and other.tile == unit.tile:
            yield ("tile",), f'is already the place of unit "{other.code}"'


def _check_province(document: Document, units: dict[str, UnitEntry], places: Places) -> None:
    """There is one, and its counts are the sums of its units': ratios rest on them.

    Counted as written: a unit left out for a mistake of its own is no second mistake.
    """
    raw_units = document.entries("units")
    if sum(isinstance(r, dict) and r.get("level") == Level.PROVINCE for r in raw_units) != 1:
        document.complain(("units",), "exactly one unit must have level province")
    if len(units) < len(raw_units):
        return
    for code, province in units.items():
        if province.level is not Level.PROVINCE:
            continue
        for name in ("communes", "wards", "townlets"):
            total = sum(getattr(unit, name) for unit in units.values() if unit.parent == code)
            said = getattr(province, name)
            if total != said:
                message = f"the units below add up to {total}, not {said}"
                document.complain((*places["units"][code], name), message)


def _agency_mistakes(agency: AgencyPlaceEntry, places: Places) -> Iterator[Found]:
    yield from _validity(agency.valid_from, agency.valid_to)
    if agency.parent not in places["units"]:
        yield ("parent",), f'"{agency.parent}" is not in units'


def _validity(start: date, end: date | None) -> Iterator[Found]:
    if end is not None and end < start:
        yield ("valid_to",), f"{end} is before valid_from, {start}"


def _unit(entry: UnitEntry) -> OrgUnit:
    return OrgUnit(
        code=entry.code,
        name=entry.name.to_text(),
        short=entry.short.to_text(),
        level=entry.level,
        kind=entry.kind,
        parent=entry.parent,
        border=entry.border,
        communes=entry.communes,
        wards=entry.wards,
        townlets=entry.townlets,
        cluster=entry.cluster,
        tile=entry.tile,
        valid_from=entry.valid_from,
        valid_to=entry.valid_to,
    )


def _agency(entry: AgencyPlaceEntry) -> AgencyPlace:
    return AgencyPlace(entry.id, entry.kind, entry.parent, entry.valid_from, entry.valid_to)
