"""Approved, returned, withdrawn: one decision each, and the figures follow it."""

import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from kpi.definitions import Definitions, OrgUnits
from kpi.findings import NotAllowed
from kpi.observations import CellAddress
from kpi.permissions import Actor, ActorRole
from kpi.submissions import CellComment
from store import lookups, submissions
from store.engine import Session, SessionFactory
from store.verification import kept_completeness
from workflow.actors import LOCAL_USER
from workflow.submissions import Receipt, approve, return_, withdraw
from workflow.verification import verify

NOON = datetime(2018, 10, 5, 5, 0, tzinfo=UTC)
LATER = NOON + timedelta(days=3)
BUDGET = ("budget_revenue", "183", "2018-Q3")
APPROVER = Actor("an", "Nguyễn Thị An", frozenset({ActorRole.APPROVER}))
NEIGHBOUR = Actor("binh", "Bình", frozenset({ActorRole.REPORTER}), frozenset({"184"}))
SAID = CellComment(CellAddress("Biểu A", "G9"), "So lại với kho bạc")

Form = Callable[..., bytes]
Send = Callable[..., Receipt]


class Decisions:
    """The acts, with what is the same in every test."""

    def __init__(self, factory: SessionFactory, definitions: Definitions, units: OrgUnits) -> None:
        self.factory, self.manual, self.units = factory, definitions, units

    def approve(self, number: int, actor: Actor = APPROVER) -> Receipt:
        return approve(
            self.factory, actor, number, at=LATER, definitions=self.manual, org_units=self.units
        )

    def withdraw(
        self, number: int, actor: Actor = LOCAL_USER, *, reason: str = "nhầm tệp",
        seen: str | None = None,
    ) -> Receipt:  # fmt: skip
        return withdraw(
            self.factory, actor, number, at=LATER, reason=reason, definitions=self.manual,
            org_units=self.units, seen=seen,
        )  # fmt: skip

    def return_(self, number: int, actor: Actor = APPROVER, *, reason: str = "sai kỳ") -> Receipt:
        return return_(self.factory, actor, number, at=LATER, reason=reason, comments=[SAID])


@pytest.fixture
def decide(factory: SessionFactory, definitions: Definitions, org_units: OrgUnits) -> Decisions:
    return Decisions(factory, manual_of(definitions), org_units)


@pytest.fixture
def sent(send: Send, form: Form, definitions: Definitions) -> Receipt:
    """A form that waits for a person's approval."""
    return send(form(every=Decimal(5)), definitions=manual_of(definitions))


def manual_of(definitions: Definitions) -> Definitions:
    return replace(definitions, approval={"A": "manual", "B": "manual"})


def budget(session: Session) -> Decimal | None:
    session.rollback()  # read what is there now, not what was there at the first look
    found = lookups.known(session).get(BUDGET)
    return None if found is None else found.value


# --- returned ---------------------------------------------------------------------------


def test_a_returned_submission_says_why_and_changes_nothing(
    decide: Decisions, sent: Receipt, session: Session
) -> None:
    returned = decide.return_(sent.submission, reason="  Sai kỳ ")

    stored = submissions.get(session, sent.submission)
    assert stored is not None
    assert (returned.state, stored.reason, stored.comments) == ("returned", "Sai kỳ", (SAID,))
    assert (stored.decided_by, stored.decided_at) == ("an", LATER)
    assert budget(session) is None


def test_what_was_returned_may_be_sent_again_unchanged(
    decide: Decisions, sent: Receipt, send: Send, form: Form
) -> None:
    decide.return_(sent.submission)

    again = send(form(every=Decimal(5)), definitions=decide.manual)

    assert (again.duplicate, again.revision, again.state) == (False, 2, "submitted")


@pytest.mark.parametrize(
    ("actor", "refused"),
    [
        (replace(APPROVER, id=LOCAL_USER.id), "own_submission"),
        (LOCAL_USER, "not_your_role"),
    ],
)
def test_not_everybody_may_return(
    decide: Decisions, sent: Receipt, actor: Actor, refused: str
) -> None:
    with pytest.raises(NotAllowed, match=refused):
        decide.return_(sent.submission, actor)


def test_returning_and_withdrawing_need_a_reason(decide: Decisions, sent: Receipt) -> None:
    with pytest.raises(NotAllowed, match="no_reason"):
        decide.return_(sent.submission, reason=" ")
    with pytest.raises(NotAllowed, match="no_reason"):
        decide.withdraw(sent.submission, reason="")


# --- withdrawn --------------------------------------------------------------------------


def test_withdrawing_what_waits_takes_it_off_the_list(
    decide: Decisions, sent: Receipt, session: Session
) -> None:
    assert submissions.count(session, submissions.SUBMITTED) == 1
    session.rollback()

    withdrawn = decide.withdraw(sent.submission)

    assert withdrawn.state == "withdrawn"
    assert submissions.listed(session, state=submissions.SUBMITTED) == []
    with pytest.raises(NotAllowed, match="already_decided"):
        decide.approve(sent.submission)


def test_withdrawing_an_approved_one_puts_back_what_it_covered(
    send: Send, form: Form, decide: Decisions, session: Session, definitions: Definitions,
    org_units: OrgUnits,
) -> None:  # fmt: skip
    first = send(form(every=Decimal(5)))
    send(form(budget_revenue=Decimal(6)))
    third = send(form(every=Decimal(7)))
    complete = kept_completeness(session)
    assert budget(session) == 7
    session.rollback()

    decide.withdraw(third.submission)

    known = lookups.known(session)
    assert known[BUDGET].value == 6
    others = {one.source.submission for key, one in known.items() if key != BUDGET and one.source}
    assert others == {first.submission}
    assert kept_completeness(session) == complete
    assert verify(session, definitions, org_units) == ()


def test_withdrawing_the_only_one_leaves_no_figure_in_force(
    send: Send, form: Form, decide: Decisions, session: Session, definitions: Definitions,
    org_units: OrgUnits,
) -> None:  # fmt: skip
    only = send(form(every=Decimal(5)))

    decide.withdraw(only.submission)

    assert lookups.known(session) == {}
    _, filled = kept_completeness(session)["183", "2018-Q3"]
    assert filled == 0
    assert verify(session, definitions, org_units) == ()


def test_withdrawing_one_that_was_covered_changes_no_figure(
    send: Send, form: Form, decide: Decisions, session: Session
) -> None:
    first = send(form(every=Decimal(5)))
    send(form(every=Decimal(7)))

    decide.withdraw(first.submission)

    assert budget(session) == 7


def test_the_approval_stays_known_after_a_withdrawal(
    send: Send, form: Form, decide: Decisions, session: Session
) -> None:
    only = send(form(every=Decimal(5)))

    decide.withdraw(only.submission, reason="nhầm đơn vị tính")

    stored = submissions.get(session, only.submission)
    assert stored is not None
    assert (stored.state, stored.decided_at, stored.withdrawn_at) == ("withdrawn", NOON, LATER)
    assert (stored.withdrawn_by, stored.withdrawn_reason) == ("local", "nhầm đơn vị tính")


def test_what_was_withdrawn_may_be_sent_again(send: Send, form: Form, decide: Decisions) -> None:
    data = form(every=Decimal(5))
    decide.withdraw(send(data).submission)

    again = send(data)

    assert (again.duplicate, again.revision, again.state) == (False, 2, "approved")


def test_nobody_withdraws_the_form_of_a_neighbour(decide: Decisions, sent: Receipt) -> None:
    with pytest.raises(NotAllowed, match="not_your_reporter"):
        decide.withdraw(sent.submission, NEIGHBOUR)


def test_who_withdraws_what_was_approved_in_the_meantime_is_told(
    decide: Decisions, sent: Receipt, session: Session
) -> None:
    decide.approve(sent.submission)

    with pytest.raises(NotAllowed, match="already_decided") as refused:
        decide.withdraw(sent.submission, seen="submitted")

    assert refused.value.facts["state"] == "approved"
    assert budget(session) == 5


# --- two at once ------------------------------------------------------------------------


@pytest.mark.parametrize("round_", range(3))
def test_of_three_acts_at_once_exactly_one_wins(
    decide: Decisions, sent: Receipt, session: Session, round_: int, definitions: Definitions,
    org_units: OrgUnits,
) -> None:  # fmt: skip
    number, outcomes = sent.submission, list[str]()
    start = threading.Barrier(3)

    def act(doing: Callable[[], Receipt]) -> None:
        start.wait()
        try:
            outcomes.append(doing().state)
        except NotAllowed as refused:
            outcomes.append(refused.reason)

    acts: list[Callable[[], Receipt]] = [
        lambda: decide.approve(number),
        lambda: decide.return_(number),
        lambda: decide.withdraw(number, seen="submitted"),
    ]
    threads = [threading.Thread(target=act, args=(doing,)) for doing in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    stored = submissions.get(session, number)
    assert stored is not None
    assert sorted(outcomes) == sorted([stored.state, "already_decided", "already_decided"])
    assert verify(session, definitions, org_units) == ()
