"""Every resource of the API in one table.

The routes, the reading of questions and the OpenAPI document are made of it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from api import formats, parameters, resources, schemas, structure
from api.negotiation import MediaType
from api.parameters import Parameter
from api.schemas import Document


@dataclass(frozen=True)
class Resource:
    """One kind of thing to read; ``row`` names its schema, ``beside`` what stands with it."""

    name: str
    about: str
    read: Callable[[resources.Question], resources.Page]
    row: str
    parameters: tuple[Parameter, ...]
    media: tuple[MediaType, ...] = (formats.JSON,)
    beside: dict[str, Document] = field(default_factory=dict)

    @property
    def every_parameter(self) -> tuple[Parameter, ...]:
        return (*self.parameters, parameters.LIMIT, parameters.CURSOR)


VINTAGES = parameters.flag("vintages", "Every approved version, not only the one in force.")
UNAPPROVED = parameters.flag(
    "unapproved",
    "Also what was sent and is not decided yet; `approved` then says of each figure which it is.",
)
HISTORY = parameters.flag("history", "Every target there has been in the year.")

# The structure message: shortly, and where the SDMX REST interface has it.
STRUCTURE_PATHS = (
    "structure",
    f"structure/dataflow/{structure.AGENCY}/{structure.FLOW}/{structure.VERSION}",
)
STRUCTURE_MEDIA = (formats.SDMX_STRUCTURE, formats.JSON)

RESOURCES = (
    Resource(
        "definitions",
        "The indicators of a plan year, with the decree they come from.",
        resources.definitions,
        "Indicator",
        (parameters.YEAR,),
        beside=schemas.DECREE,
    ),
    Resource(
        "org-units",
        "The province and its districts.",
        resources.org_units,
        "OrgUnit",
        (parameters.EXISTING_ON,),
        beside=schemas.CLUSTERS,
    ),
    Resource(
        "observations",
        "Approved figures, each with the cell it was read from.",
        resources.observations,
        "Observation",
        (
            parameters.INDICATOR,
            parameters.ORG_UNIT,
            parameters.PERIOD,
            parameters.AS_OF,
            VINTAGES,
            UNAPPROVED,
        ),
        (formats.JSON, formats.CSV, formats.SDMX_CSV),
    ),
    Resource(
        "targets",
        "The targets of a plan year in force on a day, or all there have been.",
        resources.targets,
        "Target",
        (
            parameters.YEAR,
            parameters.INDICATOR,
            parameters.ORG_UNIT,
            parameters.ON,
            parameters.AS_OF,
            HISTORY,
        ),
        beside={"year": schemas.WHOLE},
    ),
    Resource(
        "assessments",
        "Indicators judged at a quarter, with the explanation of each judgement.",
        resources.assessments,
        "Assessment",
        (
            parameters.QUARTER,
            parameters.INDICATOR,
            parameters.ORG_UNIT,
            parameters.AS_OF,
            UNAPPROVED,
        ),
        beside={"period": schemas.TEXT},
    ),
    Resource(
        "completeness",
        "Who owes which report, whether it came in time, and how complete it is.",
        resources.completeness,
        "Completeness",
        (parameters.QUARTERS, parameters.ORG_UNIT, parameters.AS_OF),
    ),
)
