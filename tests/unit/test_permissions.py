"""Who may do what, as a table of acts, roles and scopes."""

import pytest

from kpi.permissions import Act, Actor, ActorRole, Refusal, Scope, may, refusal

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
