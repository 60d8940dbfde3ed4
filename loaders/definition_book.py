"""What was read of one definition file, on its way from YAML to the objects of ``kpi``.

Filled by ``definitions``, held against the rules by ``definition_rules`` and
``indicator_rules``, put together by ``definition_objects``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from loaders.definition_models import (
    AgencyEntry,
    BasisEntry,
    CommitmentEntry,
    HeadEntry,
    IndicatorEntry,
    SectorEntry,
    UnitOfMeasureEntry,
)
from loaders.yaml_lines import Document, Place


@dataclass
class Book:
    """What was read of one definition file; entries that are broken themselves are left
    out of the mappings but keep their place, so that they can be referred to."""

    document: Document
    head: HeadEntry | None
    sectors: Mapping[str, SectorEntry]
    agencies: Mapping[str, AgencyEntry]
    units_of_measure: Mapping[str, UnitOfMeasureEntry]
    bases: Mapping[str, BasisEntry]
    indicators: Mapping[str, IndicatorEntry]
    commitments: Mapping[str, CommitmentEntry]
    places: Mapping[str, Mapping[str, Place]] = field(default_factory=dict)

    def knows(self, list_name: str, identifier: str) -> bool:
        return identifier in self.places[list_name]
