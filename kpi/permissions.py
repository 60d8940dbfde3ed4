"""Who may do what: one question, asked by ``workflow.gate`` inside every act.

Plain rules over plain facts. Where the facts come from (an account, a setting) is not
known here. A refusal is a code that ``texts`` turns into a sentence.
"""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass
from enum import StrEnum


class ActorRole(StrEnum):
    READER = "reader"  # sees what is approved, changes nothing
    REPORTER = "reporter"  # a statistician: sends the forms of some reporters
    APPROVER = "approver"  # decides on forms that others have sent
    LEADER = "leader"  # asks for explanations and judges the answers, changes no figure
    SECRETARY = "secretary"  # of the emulation council: urges, asks, proposes
    ADMINISTRATOR = "administrator"
    SYSTEM = "system"  # start-up, and automatic decisions


GRANTED = tuple(role for role in ActorRole if role is not ActorRole.SYSTEM)  # to a person
EVERY_FORM = frozenset({"A", "B"})


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
    CLOSE_STANDING = "standing.close"
    SCORE_SELF = "standing.self_score"
    VERIFY_SCORE = "standing.verify_score"
    REGISTER_HONOUR = "honour.register"  # an exemplar or an award
    CORRECT_HONOUR = "honour.correct"
    ERASE_NAME = "honour.erase_name"  # of a person, from the registers
    RECORD_MILESTONE = "milestone.record"
    REMIND = "reporter.remind"
    PUBLISH = "figures.publish"
    ASK = "explanation.ask"
    ANSWER = "explanation.answer"
    ACCEPT_ANSWER = "explanation.accept"
    RETURN_ANSWER = "explanation.return"
    WITHDRAW_QUESTION = "explanation.withdraw"
    NOTIFY = "inquiry.notify"  # an e-mail about a question, an answer, or one sent back
    CHOOSE_DEMO = "installation.demo"
    CHOOSE_EMPTY = "installation.empty"
    MAKE_ACCOUNT = "account.make"
    CHANGE_ACCOUNT = "account.change"
    INVITE = "account.invite"  # a one-time link to choose a password
    CHOOSE_PASSWORD = "account.password"
    SIGN_IN = "login.begin"
    SIGN_OUT = "login.end"
    REVOKE_LOGINS = "login.revoke"
    MAKE_TOKEN = "token.make"
    REVOKE_TOKEN = "token.revoke"
    RESTORE = "installation.restore"
    COPY = "installation.copy"


class Refusal(StrEnum):
    NOT_YOUR_ROLE = "not_your_role"
    NOT_YOUR_REPORTER = "not_your_reporter"
    NOT_YOUR_FORM = "not_your_form"
    NOT_YOUR_ACCOUNT = "not_your_account"
    OWN_SUBMISSION = "own_submission"
    OWN_ANSWER = "own_answer"
    OWN_SCORE = "own_score"


_ADMINISTRATION = {ActorRole.ADMINISTRATOR, ActorRole.SYSTEM}
_PEOPLE = set(GRANTED)
_ASKING = {ActorRole.LEADER, ActorRole.SECRETARY, ActorRole.ADMINISTRATOR}
_ROLES: Mapping[Act, Set[ActorRole]] = {
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
    Act.CLOSE_STANDING: {ActorRole.SECRETARY, ActorRole.ADMINISTRATOR},
    Act.SCORE_SELF: {ActorRole.REPORTER},
    Act.VERIFY_SCORE: {ActorRole.SECRETARY, ActorRole.ADMINISTRATOR},
    Act.REGISTER_HONOUR: {ActorRole.SECRETARY, ActorRole.ADMINISTRATOR},
    Act.CORRECT_HONOUR: {ActorRole.SECRETARY, ActorRole.ADMINISTRATOR},
    Act.ERASE_NAME: {ActorRole.ADMINISTRATOR},
    Act.RECORD_MILESTONE: {ActorRole.SECRETARY, ActorRole.ADMINISTRATOR},
    Act.REMIND: {ActorRole.SECRETARY, ActorRole.ADMINISTRATOR},
    Act.PUBLISH: {ActorRole.SECRETARY, ActorRole.ADMINISTRATOR},
    Act.ASK: _ASKING,
    Act.ANSWER: {ActorRole.REPORTER},
    Act.ACCEPT_ANSWER: _ASKING,
    Act.RETURN_ANSWER: _ASKING,
    Act.WITHDRAW_QUESTION: _ASKING,
    Act.NOTIFY: _ASKING | {ActorRole.SYSTEM},
    Act.CHOOSE_DEMO: {ActorRole.ADMINISTRATOR, ActorRole.SYSTEM},
    Act.CHOOSE_EMPTY: {ActorRole.ADMINISTRATOR, ActorRole.SYSTEM},
    Act.MAKE_ACCOUNT: _ADMINISTRATION,
    Act.CHANGE_ACCOUNT: _ADMINISTRATION,
    Act.INVITE: _ADMINISTRATION,
    Act.CHOOSE_PASSWORD: _PEOPLE,
    Act.SIGN_IN: _PEOPLE,
    Act.SIGN_OUT: _PEOPLE,
    Act.REVOKE_LOGINS: _PEOPLE,
    Act.MAKE_TOKEN: {ActorRole.ADMINISTRATOR},
    Act.REVOKE_TOKEN: {ActorRole.ADMINISTRATOR},
    Act.RESTORE: {ActorRole.ADMINISTRATOR},
    Act.COPY: {ActorRole.ADMINISTRATOR},
}


_FOR_A_REPORTER = {Act.SUBMIT, Act.WITHDRAW, Act.CONFIRM_LAYOUT, Act.ANSWER, Act.SCORE_SELF}
_BY_ANOTHER = {Act.APPROVE, Act.RETURN}  # nobody decides on their own submission
_OF_ANOTHER = {Act.ACCEPT_ANSWER, Act.RETURN_ANSWER}  # nor on their own answer
_ABOUT_ONESELF = {Act.CHOOSE_PASSWORD, Act.SIGN_OUT, Act.REVOKE_LOGINS}


@dataclass(frozen=True)
class Actor:
    """A person or a part of the program that does something."""

    id: str
    name: str
    roles: frozenset[ActorRole]
    reporters: frozenset[str] = frozenset()
    every_reporter: bool = False
    forms: frozenset[str] = EVERY_FORM  # that an approver decides on
    login: int | None = None  # the signed-in browser; None: no person behind a browser

    def reports_for(self, reporter: str) -> bool:
        return self.every_reporter or reporter in self.reporters


@dataclass(frozen=True)
class Scope:
    """What an act is about, as far as permission depends on it."""

    reporter: str | None = None
    submitted_by: str | None = None  # the report, or the answer
    form: str | None = None
    account: str | None = None  # whose account it is about
    given_by: frozenset[str] = frozenset()  # the points that are to be verified


def refusal(actor: Actor, act: Act, scope: Scope) -> Refusal | None:
    """Why the actor may not do this, or None if they may."""
    if not actor.roles & _ROLES[act]:
        return Refusal.NOT_YOUR_ROLE
    if act in _FOR_A_REPORTER and not actor.reports_for(scope.reporter or ""):
        return Refusal.NOT_YOUR_REPORTER
    if act in _BY_ANOTHER and actor.id == scope.submitted_by:
        return Refusal.OWN_SUBMISSION
    if act in _OF_ANOTHER and actor.id == scope.submitted_by:
        return Refusal.OWN_ANSWER
    if act is Act.VERIFY_SCORE and _is_own_score(actor, scope):
        return Refusal.OWN_SCORE
    if act in _BY_ANOTHER and scope.form is not None and scope.form not in actor.forms:
        return Refusal.NOT_YOUR_FORM
    if act in _ABOUT_ONESELF and scope.account != actor.id and not _administers(actor):
        return Refusal.NOT_YOUR_ACCOUNT
    return None


def may(actor: Actor, act: Act, scope: Scope) -> bool:
    """May the actor do this?"""
    return refusal(actor, act, scope) is None


def _is_own_score(actor: Actor, scope: Scope) -> bool:
    """Did the actor give these points, or does the actor report for the unit that did?"""
    reports = ActorRole.REPORTER in actor.roles and actor.reports_for(scope.reporter or "")
    return reports or actor.id in scope.given_by


def _administers(actor: Actor) -> bool:
    return bool(actor.roles & _ADMINISTRATION)


class View(StrEnum):
    """What can be looked at, as far as it is not open to every reader."""

    READING = "reading"  # every screen of figures; on request with those not yet decided
    EXPLANATIONS = "explanations"  # what was asked and answered: for those who have signed in
    EVIDENCE = "evidence"  # files kept with an answer or a milestone; they may name people
    SUBMITTING = "submitting"
    DECIDING = "deciding"
    ADMINISTRATION = "administration"
    OWN_ACCOUNT = "own_account"


_VIEWERS: Mapping[View, Set[ActorRole]] = {
    View.READING: _PEOPLE,
    View.EXPLANATIONS: _PEOPLE,
    View.EVIDENCE: _PEOPLE,
    View.SUBMITTING: {ActorRole.REPORTER, ActorRole.ADMINISTRATOR},  # who hands down the plan
    View.DECIDING: {ActorRole.APPROVER},
    View.ADMINISTRATION: {ActorRole.ADMINISTRATOR},
    View.OWN_ACCOUNT: _PEOPLE,
}


def may_see(actor: Actor | None, view: View, *, public: bool = False) -> bool:
    """May this person look? ``actor`` None: nobody has signed in; ``public``: reading is open."""
    if view is View.READING and public:
        return True
    return actor is not None and bool(actor.roles & _VIEWERS[view])


def may_see_names(actor: Actor | None, org_unit: str) -> bool:
    """May this person see the names of the people that a unit's exemplars and awards honour?

    Whoever keeps the registers or leads, and whoever reports for the unit itself; open reading
    never.
    """
    if actor is None:
        return False
    every = _ROLES[Act.REGISTER_HONOUR] | {ActorRole.LEADER}
    return bool(actor.roles & every) or (
        ActorRole.REPORTER in actor.roles and actor.reports_for(org_unit)
    )
