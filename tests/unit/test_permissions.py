"""Who may do what, as a table of acts, roles and scopes."""

import pytest

from kpi.permissions import (
    Act,
    Actor,
    ActorRole,
    Refusal,
    Scope,
    View,
    may,
    may_see,
    may_see_names,
    refusal,
)

REPORTER = Actor("r", "R", frozenset({ActorRole.REPORTER}), frozenset({"183"}))
EVERYBODY = Actor("e", "E", frozenset({ActorRole.REPORTER}), every_reporter=True)
APPROVER = Actor("a", "A", frozenset({ActorRole.APPROVER}))
ADMINISTRATOR = Actor("m", "M", frozenset({ActorRole.ADMINISTRATOR}))
SYSTEM = Actor("s", "S", frozenset({ActorRole.SYSTEM}))
NOBODY = Actor("n", "N", frozenset())

CAO_LOC = Scope(reporter="183", submitted_by="r")


@pytest.mark.parametrize("act", Act)
def test_who_has_no_role_may_do_nothing(act: Act) -> None:
    assert refusal(NOBODY, act, CAO_LOC) is Refusal.NOT_YOUR_ROLE


@pytest.mark.parametrize(
    ("actor", "act", "scope", "reason"),
    [
        (REPORTER, Act.SUBMIT, Scope("183"), None),
        (REPORTER, Act.SUBMIT, Scope("184"), Refusal.NOT_YOUR_REPORTER),
        (REPORTER, Act.SUBMIT, Scope(), Refusal.NOT_YOUR_REPORTER),
        (EVERYBODY, Act.SUBMIT, Scope("184"), None),
        (ADMINISTRATOR, Act.SUBMIT, Scope("183"), Refusal.NOT_YOUR_ROLE),
        (SYSTEM, Act.SUBMIT, Scope("183"), Refusal.NOT_YOUR_ROLE),
        (APPROVER, Act.APPROVE, CAO_LOC, None),
        (APPROVER, Act.APPROVE, Scope("183", submitted_by="a"), Refusal.OWN_SUBMISSION),
        (REPORTER, Act.APPROVE, Scope("183", submitted_by="x"), Refusal.NOT_YOUR_ROLE),
        (APPROVER, Act.RETURN, CAO_LOC, None),
        (APPROVER, Act.RETURN, Scope("183", submitted_by="a"), Refusal.OWN_SUBMISSION),
        (REPORTER, Act.RETURN, CAO_LOC, Refusal.NOT_YOUR_ROLE),
        (REPORTER, Act.WITHDRAW, CAO_LOC, None),
        (REPORTER, Act.WITHDRAW, Scope("184"), Refusal.NOT_YOUR_REPORTER),
        (APPROVER, Act.WITHDRAW, CAO_LOC, Refusal.NOT_YOUR_ROLE),
        (REPORTER, Act.CONFIRM_LAYOUT, Scope("183"), None),
        (REPORTER, Act.CONFIRM_LAYOUT, Scope("184"), Refusal.NOT_YOUR_REPORTER),
        (APPROVER, Act.CONFIRM_LAYOUT, Scope("183"), Refusal.NOT_YOUR_ROLE),
        (SYSTEM, Act.ADOPT_TARGETS, Scope(), None),
        (ADMINISTRATOR, Act.ADOPT_TARGETS, Scope(), None),
        (APPROVER, Act.ADOPT_TARGETS, Scope(), Refusal.NOT_YOUR_ROLE),
        (ADMINISTRATOR, Act.CHOOSE_EMPTY, Scope(), None),
        (REPORTER, Act.CHOOSE_DEMO, Scope(), Refusal.NOT_YOUR_ROLE),
    ],
)
def test_role_and_scope_decide(
    actor: Actor, act: Act, scope: Scope, reason: Refusal | None
) -> None:
    assert refusal(actor, act, scope) is reason
    assert may(actor, act, scope) is (reason is None)


# --- every act × every role, about one's own and about somebody else's

PEOPLE = {
    role: Actor("me", "Tôi", frozenset({role}), frozenset({"183"}), forms=frozenset({"A"}))
    for role in ActorRole
}
OWN = Scope(reporter="183", submitted_by="other", form="A", account="me")
OTHERS = Scope(reporter="184", submitted_by="me", form="B", account="other")
MAY_OWN = {
    ActorRole.READER: {"account.password", "login.begin", "login.end", "login.revoke"},
    ActorRole.REPORTER: {
        "account.password", "login.begin", "login.end", "login.revoke",
        "submission.submit", "submission.withdraw", "layout.confirm", "explanation.answer",
        "standing.self_score",
    },
    ActorRole.APPROVER: {
        "account.password", "login.begin", "login.end", "login.revoke",
        "submission.approve", "submission.return",
    },
    ActorRole.LEADER: {
        "account.password", "login.begin", "login.end", "login.revoke",
        "explanation.ask", "explanation.accept", "explanation.return", "explanation.withdraw",
        "inquiry.notify",
    },
    ActorRole.SECRETARY: {
        "account.password", "login.begin", "login.end", "login.revoke", "standing.close",
        "milestone.record", "reporter.remind", "figures.publish", "inquiry.notify",
        "standing.verify_score", "honour.register", "honour.correct",
        "explanation.ask", "explanation.accept", "explanation.return", "explanation.withdraw",
    },
    ActorRole.ADMINISTRATOR: {
        "account.password", "login.begin", "login.end", "login.revoke",
        "account.make", "account.change", "account.invite", "token.make", "token.revoke",
        "target.adopt", "target.revise", "definitions.adopt", "plan_year.open",
        "period.open", "period.lock", "period.except", "standing.close",
        "milestone.record", "reporter.remind", "figures.publish", "inquiry.notify",
        "standing.verify_score", "honour.register", "honour.correct", "honour.erase_name",
        "explanation.ask", "explanation.accept", "explanation.return", "explanation.withdraw",
        "installation.demo", "installation.empty", "installation.restore", "installation.copy",
    },
    ActorRole.SYSTEM: {
        "account.make", "account.change", "account.invite", "target.adopt",
        "definitions.adopt", "installation.demo", "installation.empty", "inquiry.notify",
    },
}  # fmt: skip
ABOUT_ONESELF = {"account.password", "login.end", "login.revoke"}
LIMITED = ABOUT_ONESELF | {
    "submission.submit", "submission.withdraw", "layout.confirm", "standing.self_score",
    "submission.approve", "submission.return",
    "explanation.answer", "explanation.accept", "explanation.return",
}  # fmt: skip


@pytest.mark.parametrize("role", ActorRole)
@pytest.mark.parametrize("act", Act)
def test_every_act_by_every_role(role: ActorRole, act: Act) -> None:
    person = PEOPLE[role]
    allowed = str(act) in MAY_OWN[role]
    assert may(person, act, OWN) is allowed
    others = allowed and (str(act) not in LIMITED or _administers(role, act))
    assert may(person, act, OTHERS) is others


def _administers(role: ActorRole, act: Act) -> bool:
    return role is ActorRole.ADMINISTRATOR and str(act) in ABOUT_ONESELF


def test_nobody_judges_their_own_answer() -> None:
    person = Actor("me", "Tôi", frozenset({ActorRole.REPORTER, ActorRole.SECRETARY}))
    assert refusal(person, Act.ACCEPT_ANSWER, Scope(submitted_by="me")) is Refusal.OWN_ANSWER
    assert refusal(person, Act.RETURN_ANSWER, Scope(submitted_by="other")) is None


def test_nobody_verifies_their_own_points_nor_their_units() -> None:
    person = Actor(
        "me", "Tôi", frozenset({ActorRole.REPORTER, ActorRole.SECRETARY}), frozenset({"183"})
    )
    theirs = Scope("184", given_by=frozenset({"me"}))
    assert refusal(person, Act.VERIFY_SCORE, Scope("183")) is Refusal.OWN_SCORE
    assert refusal(person, Act.VERIFY_SCORE, theirs) is Refusal.OWN_SCORE
    assert refusal(person, Act.VERIFY_SCORE, Scope("184")) is None


def test_an_approver_decides_on_the_forms_that_are_theirs() -> None:
    person = PEOPLE[ActorRole.APPROVER]
    assert refusal(person, Act.APPROVE, Scope(form="B")) is Refusal.NOT_YOUR_FORM
    assert refusal(person, Act.APPROVE, Scope(form="A")) is None


@pytest.mark.parametrize(
    ("view", "roles"),
    [
        (View.READING, set(ActorRole) - {ActorRole.SYSTEM}),
        (View.EXPLANATIONS, set(ActorRole) - {ActorRole.SYSTEM}),
        (View.EVIDENCE, set(ActorRole) - {ActorRole.SYSTEM}),
        (View.SUBMITTING, {ActorRole.REPORTER, ActorRole.ADMINISTRATOR}),
        (View.DECIDING, {ActorRole.APPROVER}),
        (View.ADMINISTRATION, {ActorRole.ADMINISTRATOR}),
        (View.OWN_ACCOUNT, set(ActorRole) - {ActorRole.SYSTEM}),
    ],
)
def test_who_may_look_at_what(view: View, roles: set[ActorRole]) -> None:
    assert {role for role in ActorRole if may_see(PEOPLE[role], view)} == roles
    assert not may_see(None, view)
    assert may_see(None, view, public=True) is (view is View.READING)


def test_names_of_people_are_for_those_who_keep_the_registers_lead_or_report_for_the_unit() -> None:
    keep = {ActorRole.SECRETARY, ActorRole.ADMINISTRATOR, ActorRole.LEADER}
    own = {role for role in ActorRole if may_see_names(PEOPLE[role], "183")}
    others = {role for role in ActorRole if may_see_names(PEOPLE[role], "184")}
    assert own == keep | {ActorRole.REPORTER}
    assert others == keep
    assert not may_see_names(None, "183")  # open reading
