"""Every resource of the API in one table.

The routes, the reading of questions and the OpenAPI document are made of it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from api import formats, parameters, resources, schemas, shapes, structure, urging
from api.negotiation import MediaType
from api.parameters import Parameter
from api.shapes import Document
from kpi.permissions import View


@dataclass(frozen=True)
class Resource:
    """One kind of thing to read; ``row`` names its schema, ``beside`` what stands with it.

    Args:
        view: who may look at it on the screens; without a token it is told to open reading only.
    """

    name: str
    about: str
    read: Callable[[resources.Question], resources.Page]
    row: str
    parameters: tuple[Parameter, ...]
    media: tuple[MediaType, ...] = (formats.JSON,)
    beside: dict[str, Document] = field(default_factory=dict)
    view: View = View.READING

    @property
    def every_parameter(self) -> tuple[Parameter, ...]:
        return (*self.parameters, parameters.LIMIT, parameters.CURSOR)


VINTAGES = parameters.flag("vintages", "Every approved version, not only the one in force.")
UNAPPROVED = parameters.flag(
    "unapproved",
    "Also what was sent and is not decided yet; `approved` then says of each figure which it is.",
)
OPEN = parameters.flag("open", "Only those that are not finished.")
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
        beside={"year": shapes.WHOLE},
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
        beside={"period": shapes.TEXT},
    ),
    Resource(
        "completeness",
        "Who owes which report, whether it came in time, and how complete it is.",
        urging.completeness,
        "Completeness",
        (parameters.QUARTERS, parameters.ORG_UNIT, parameters.AS_OF),
    ),
    Resource(
        "milestones",
        "How the decree's commitments without a number stand, and which are late.",
        urging.milestones,
        "Milestone",
        (parameters.YEAR, parameters.AS_OF),
        beside={"year": shapes.WHOLE},
    ),
    Resource(
        "explanations",
        "What was asked of which figure, how it was answered, and what the next quarter shows.",
        urging.explanations,
        "Inquiry",
        (parameters.INDICATOR, parameters.ORG_UNIT, parameters.PERIOD, parameters.AS_OF, OPEN),
        view=View.EXPLANATIONS,
    ),
)
