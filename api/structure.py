"""What the columns of the SDMX-CSV mean: an SDMX-JSON 2.0 structure message.

The dataflow that every row of the CSV names, its data structure, the concepts and the
codelists. All is made of the definitions of the open plan years, so that the message cannot
name a code that the figures do not have, nor the other way round.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import NamedTuple

import bootstrap
from api.documents import Document, moment
from api.parameters import Known
from kpi.bilingual import Text
from texts import LANGUAGES, say

AGENCY, FLOW, VERSION = "LANGSON", "KPI", "1.0.0"
CONCEPTS = "CS_KPI"
SCHEMA = (
    "https://raw.githubusercontent.com/sdmx-twg/sdmx-json/master/structure-message/tools/schemas/"
    "2.0.0/sdmx-json-structure-schema.json"
)
_FREQUENCIES = ("Q", "A")
_STATUSES = ("A", "E", "P", "M", "O")


class Column(NamedTuple):
    """One column of the CSV: its codelist, or what its text is."""

    id: str
    codelist: str | None = None
    data_type: str = "String"
    required: bool = False


DIMENSIONS = (
    Column("FREQ", "CL_FREQ"),
    Column("INDICATOR", "CL_INDICATOR"),
    Column("REF_AREA", "CL_AREA"),
)
TIME = Column("TIME_PERIOD", data_type="ObservationalTimePeriod")
MEASURE = Column("OBS_VALUE", data_type="Decimal")
ATTRIBUTES = (
    Column("OBS_STATUS", "CL_OBS_STATUS", required=True),
    Column("UNIT_MEASURE", "CL_UNIT_MEASURE"),
    Column("DECIMALS", data_type="Integer"),
    Column("BASIS", "CL_BASIS", required=True),
    Column("SUBMISSION", data_type="Integer", required=True),
    Column("RECEIVED_AT", data_type="DateTime", required=True),
)
COLUMNS = (*DIMENSIONS, TIME, MEASURE, *ATTRIBUTES)


def message(known: Known, references: str, at: datetime) -> Document:
    """The dataflow, and as much of what it refers to as was asked for."""
    data: Document = {"dataflows": [_dataflow()]}
    if references != "none":
        data["dataStructures"] = [_data_structure()]
    if references not in ("none", "children"):
        data["conceptSchemes"] = [_concepts()]
        data["codelists"] = [_codelist(name, make(known)) for name, make in _CODELISTS.items()]
    meta = {
        "schema": SCHEMA,
        "id": f"{FLOW}_{at:%Y%m%d%H%M%S}",
        "test": False,
        "prepared": moment(at),
        "contentLanguages": list(LANGUAGES),
        "sender": {"id": AGENCY},
    }
    return {"meta": meta, "data": data}


# --- the parts of the message


def _dataflow() -> Document:
    structure = _urn("datastructure.DataStructure", FLOW)
    return {**_artefact(FLOW, _said("dataflow")), "structure": structure}


def _data_structure() -> Document:
    dimensions = [
        {**_component(one), "position": position} for position, one in enumerate(DIMENSIONS)
    ]
    components = {
        "dimensionList": {
            "id": "DimensionDescriptor",
            "dimensions": dimensions,
            "timeDimension": _component(TIME),
        },
        "measureList": {"id": "MeasureDescriptor", "measures": [_component(MEASURE)]},
        "attributeList": {
            "id": "AttributeDescriptor",
            "attributes": [
                {
                    **_component(one),
                    "usage": "mandatory" if one.required else "optional",
                    "attributeRelationship": {"observation": {}},
                }
                for one in ATTRIBUTES
            ],
        },
    }
    return {**_artefact(FLOW, _said("dataflow")), "dataStructureComponents": components}


def _component(one: Column) -> Document:
    concept = f"{_urn('conceptscheme.Concept', CONCEPTS)}.{one.id}"
    listed = {"enumeration": _urn("codelist.Codelist", one.codelist or "")}
    written = {"format": {"dataType": one.data_type}}
    return {
        "id": one.id,
        "conceptIdentity": concept,
        "localRepresentation": listed if one.codelist else written,
    }


def _concepts() -> Document:
    concepts = [{"id": one.id, **_named(_said(f"concept.{one.id}"))} for one in COLUMNS]
    return {**_artefact(CONCEPTS, _said("concepts")), "concepts": concepts}


def _codelist(name: str, codes: Iterable[Document]) -> Document:
    return {**_artefact(name, _said(f"codelist.{name}")), "codes": list(codes)}


def _artefact(name: str, text: Text) -> Document:
    return {"id": name, "version": VERSION, "agencyID": AGENCY, **_named(text)}


def _urn(kind: str, name: str) -> str:
    return f"urn:sdmx:org.sdmx.infomodel.{kind}={AGENCY}:{name}({VERSION})"


def _named(text: Text) -> Document:
    """By the language of the installation, and in each."""
    return {
        "name": text.get(bootstrap.settings().language),
        "names": {lang: text.get(lang) for lang in LANGUAGES},
    }


def _said(key: str) -> Text:
    return Text(**{lang: say(f"api.structure.{key}", lang) for lang in LANGUAGES})


# --- the codes


def _codes(of: Mapping[str, Text]) -> list[Document]:
    return [{"id": code, **_named(text)} for code, text in sorted(of.items())]


def _frequencies(_known: Known) -> list[Document]:
    return _codes({code: _said(f"frequency.{code}") for code in _FREQUENCIES})


def _statuses(_known: Known) -> list[Document]:
    return _codes({code: _said(f"status.{code}") for code in _STATUSES})


def _indicators(known: Known) -> list[Document]:
    """Of all open plan years; the newest one has the last word on a name."""
    return _codes(
        {
            one.id: one.name
            for year in known.years.opened
            for one in year.definitions.indicators.values()
        }
    )


def _areas(known: Known) -> list[Document]:
    units = known.org_units.units
    codes = _codes({unit.code: unit.name for unit in units.values()})
    return [
        {**code, "parent": parent} if (parent := units[code["id"]].parent) in units else code
        for code in codes
    ]


def _units_of_measure(known: Known) -> list[Document]:
    return _codes(
        {
            one.unit_of_measure.id: one.unit_of_measure.name
            for year in known.years.opened
            for one in year.definitions.indicators.values()
        }
    )


def _bases(known: Known) -> list[Document]:
    return _codes(
        {one.id: one.name for year in known.years.opened for one in year.definitions.bases.values()}
    )


_CODELISTS: Mapping[str, Callable[[Known], list[Document]]] = {
    "CL_FREQ": _frequencies,
    "CL_INDICATOR": _indicators,
    "CL_AREA": _areas,
    "CL_OBS_STATUS": _statuses,
    "CL_UNIT_MEASURE": _units_of_measure,
    "CL_BASIS": _bases,
}
