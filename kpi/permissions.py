"""Who may do what: one question, asked by ``workflow.gate`` inside every act.

Plain rules over plain facts. Where the facts come from (an account, a setting) is not
known here. A refusal is a code that ``texts`` turns into a sentence.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class ActorRole(StrEnum):
    REPORTER = "reporter"  # sends the forms of some reporters
    APPROVER = "approver"  # decides on forms that others have sent
    ADMINISTRATOR = "administrator"
    SYSTEM = "system"  # start-up, and automatic decisions


class Act(StrEnum):
    """Everything that changes data, by the name it has in the audit log."""

    SUBMIT = "submission.submit"
    APPROVE = "submission.approve"
    RETURN = "submission.return"
    WITHDRAW = "submission.withdraw"
    CONFIRM_LAYOUT = "layout.confirm"
    ADOPT_TARGETS = "target.adopt"
    REVISE_TARGET = "target.revise"
    ADOPT_DEFINITIONS = "definitions.adopt"
    OPEN_PLAN_YEAR = "plan_year.open"
    OPEN_PERIOD = "period.open"
    LOCK_PERIOD = "period.lock"
    GRANT_EXCEPTION = "period.except"
    CHOOSE_DEMO = "installation.demo"
    CHOOSE_EMPTY = "installation.empty"
    RESTORE = "installation.restore"
    COPY = "installation.copy"


class Refusal(StrEnum):
    NOT_YOUR_ROLE = "not_your_role"
    NOT_YOUR_REPORTER = "not_your_reporter"
    OWN_SUBMISSION = "own_submission"


_ROLES = {
    Act.SUBMIT: {ActorRole.REPORTER},
    Act.APPROVE: {ActorRole.APPROVER},
    Act.RETURN: {ActorRole.APPROVER},
    Act.WITHDRAW: {ActorRole.REPORTER},
    Act.CONFIRM_LAYOUT: {ActorRole.REPORTER},
    Act.ADOPT_TARGETS: {ActorRole.ADMINISTRATOR, ActorRole.SYSTEM},
    Act.REVISE_TARGET: {ActorRole.ADMINISTRATOR},
    Act.ADOPT_DEFINITIONS: {ActorRole.ADMINISTRATOR, ActorRole.SYSTEM},
    Act.OPEN_PLAN_YEAR: {ActorRole.ADMINISTRATOR},
    Act.OPEN_PERIOD: {ActorRole.ADMINISTRATOR},
    Act.LOCK_PERIOD: {ActorRole.ADMINISTRATOR},
    Act.GRANT_EXCEPTION: {ActorRole.ADMINISTRATOR},
    Act.CHOOSE_DEMO: {ActorRole.ADMINISTRATOR, ActorRole.SYSTEM},
    Act.CHOOSE_EMPTY: {ActorRole.ADMINISTRATOR, ActorRole.SYSTEM},
    Act.RESTORE: {ActorRole.ADMINISTRATOR},
    Act.COPY: {ActorRole.ADMINISTRATOR},
}


_FOR_A_REPORTER = {Act.SUBMIT, Act.WITHDRAW, Act.CONFIRM_LAYOUT}
_BY_ANOTHER = {Act.APPROVE, Act.RETURN}  # nobody decides on their own submission


@dataclass(frozen=True)
class Actor:
    """A person or a part of the program that does something."""

    id: str
    name: str
    roles: frozenset[ActorRole]
    reporters: frozenset[str] = frozenset()
    every_reporter: bool = False

    def reports_for(self, reporter: str) -> bool:
        return self.every_reporter or reporter in self.reporters


@dataclass(frozen=True)
class Scope:
    """What an act is about, as far as permission depends on it."""

    reporter: str | None = None
    submitted_by: str | None = None


def refusal(actor: Actor, act: Act, scope: Scope) -> Refusal | None:
    """Why the actor may not do this, or None if they may."""
    if not actor.roles & _ROLES[act]:
        return Refusal.NOT_YOUR_ROLE
    if act in _FOR_A_REPORTER and not actor.reports_for(scope.reporter or ""):
        return Refusal.NOT_YOUR_REPORTER
    if act in _BY_ANOTHER and actor.id == scope.submitted_by:
        return Refusal.OWN_SUBMISSION
    return None


def may(actor: Actor, act: Act, scope: Scope) -> bool:
    """May the actor do this?"""
    return refusal(actor, act, scope) is None
