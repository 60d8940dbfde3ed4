"""Who belongs to the province: its districts and agencies, and when each of them exists.

``loaders.org_units`` fills these from YAML. A unit's validity is part of it, because
districts are merged and abolished while their figures stay.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from kpi.bilingual import Text


class Level(StrEnum):
    PROVINCE = "province"
    DISTRICT = "district"


@dataclass(frozen=True)
class OrgUnit:
    code: str  # GSO code: "20" the province, "183" Cao Lộc
    name: Text  # "Huyện Cao Lộc"
    short: Text  # "Cao Lộc"
    level: Level
    kind: str  # province | city | district
    parent: str | None
    border: bool
    communes: int  # rural communes (xã) in 2018
    wards: int
    townlets: int
    cluster: str | None
    tile: tuple[int, int] | None  # column, row on the tile map
    valid_from: date
    valid_to: date | None = None


@dataclass(frozen=True)
class Cluster:
    id: str
    name: Text


@dataclass(frozen=True)
class AgencyPlace:
    """Where a reporting agency belongs and when it exists; its name is in ``Agency``."""

    id: str
    kind: str  # department | board | office | central
    parent: str
    valid_from: date
    valid_to: date | None = None


@dataclass(frozen=True)
class OrgUnits:
    """The province's organisation units in official order (GSO code)."""

    units: Mapping[str, OrgUnit]
    clusters: Mapping[str, Cluster]
    agencies: Mapping[str, AgencyPlace] = field(default_factory=dict)

    @property
    def province(self) -> OrgUnit:
        return next(u for u in self.units.values() if u.level is Level.PROVINCE)

    def districts(self, on: date) -> tuple[OrgUnit, ...]:
        """District-level units that exist on a day."""
        return tuple(
            u
            for u in self.units.values()
            if u.level is Level.DISTRICT
            and u.valid_from <= on
            and (u.valid_to is None or on <= u.valid_to)
        )
