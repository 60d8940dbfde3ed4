"""The shape of ``kpi_definitions.yaml`` as a JSON Schema, for editors that check while one
types.

It comes from the models that the loader itself uses, so that it cannot ask for anything
else. Rules between entries (an agency that does not exist, edges in the wrong order) are
not in it; the loader tells of those with their line.
"""

from __future__ import annotations

import json
from typing import Any

from loaders.definition_models import (
    AgencyEntry,
    BasisEntry,
    CommitmentEntry,
    HeadEntry,
    IndicatorEntry,
    SectorEntry,
    UnitOfMeasureEntry,
)

_DIALECT = "https://json-schema.org/draft/2020-12/schema"


class DefinitionsFile(HeadEntry):
    """The whole file: what is declared once, then the lists of entries."""

    sectors: list[SectorEntry]
    agencies: list[AgencyEntry]
    units_of_measure: list[UnitOfMeasureEntry]
    bases: list[BasisEntry]
    indicators: list[IndicatorEntry]
    commitments: list[CommitmentEntry]


def definitions_schema() -> dict[str, Any]:
    """The schema as a document."""
    shape = DefinitionsFile.model_json_schema()
    return {"$schema": _DIALECT, **shape, "title": "kpi_definitions.yaml"}


def schema_text() -> str:
    """The schema as it is kept in ``docs/``, the same for the same models."""
    return json.dumps(definitions_schema(), ensure_ascii=False, indent=1, sort_keys=True) + "\n"
