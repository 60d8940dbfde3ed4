"""The plan workbook: what it would change, and its adoption.

``preview`` sets every target of the workbook beside the one that stands, so that whoever
hands down the plan sees old and new; ``adopt_plan`` lays it down as the decision's, through
``workflow.targets``. A workbook with an error in it lays down nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from kpi.definitions import Definitions, OrgUnits
from kpi.findings import SubmissionRejected
from kpi.observations import CellAddress
from kpi.permissions import Actor
from kpi.targets import Target
from loaders.plan_book import PlanBook

if TYPE_CHECKING:
    from store.engine import Session, SessionFactory
    from workflow.targets import Adoption


@dataclass(frozen=True)
class PlanChange:
    """One target of the workbook with its cell, and the one that stands until then."""

    old: Target | None
    new: Target
    at: CellAddress
    differs: bool


def preview(session: Session | None, plan: PlanBook) -> tuple[PlanChange, ...]:
    """What adopting the workbook would do, in its order; nothing is stored.

    Args:
        session: None where there is no database yet: then no target stands.
    """
    standing = {} if session is None else _standing(session, plan.year)
    return tuple(
        PlanChange(old, cell.target, cell.at, old is None or _differs(old, cell.target))
        for cell in plan.cells
        for old in (standing.get((cell.target.indicator, cell.target.org_unit)),)
    )


def adopt_plan(factory: SessionFactory, actor: Actor, plan: PlanBook, *, at: datetime) -> Adoption:
    """Lay down every target of the workbook, in one act.

    Raises:
        SubmissionRejected: if an error was found in the workbook.
        NotAllowed: if the actor may not, or a later decision stands.
    """
    from workflow.targets import assign

    if not plan.adoptable or plan.in_force_from is None:
        raise SubmissionRejected(plan.findings)
    return assign(
        factory, actor, plan.targets, decision=plan.decision, on=plan.in_force_from, at=at
    )


def _standing(session: Session, year: int) -> dict[tuple[str, str], Target]:
    from store import targets

    stored = targets.not_replaced(session, year)
    return {(one.target.indicator, one.target.org_unit): one.target for one in stored}


def _differs(old: Target, new: Target) -> bool:
    from workflow.targets import asks_otherwise

    return asks_otherwise(old, new)


def blank_plan(
    session: Session | None, definitions: Definitions, org_units: OrgUnits, year: int
) -> bytes:
    """The plan workbook to fill in, with the targets that stand.

    Args:
        session: None for an empty one.
    """
    from loaders.plan_template import write_plan

    standing = {} if session is None else _standing(session, year)
    return write_plan(definitions, org_units, year, standing=standing)
