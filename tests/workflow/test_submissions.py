"""A workbook on its way in: whole or not at all, and never twice."""

import re
import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from io import BytesIO
from zipfile import ZipFile

import pytest
from sqlalchemy import func, select, text

from kpi.definitions import Definitions, OrgUnits
from kpi.explanations import Answers
from kpi.findings import NotAllowed, NotExplained, Outcome, SubmissionRejected, UnreadableWorkbook
from kpi.observations import ObsStatus
from kpi.permissions import Actor, ActorRole
from store import audit, lookups, observations, settings, submissions
from store.engine import Session, SessionFactory
from store.metadata import metadata
from store.schema import audit_event
from store.verification import kept_completeness
from workflow.actors import AUTOMATIC_APPROVER, LOCAL_USER
from workflow.submissions import Receipt, approve, expected_figures, inspect, submit

NOON = datetime(2018, 10, 5, 5, 0, tzinfo=UTC)
LATER = NOON + timedelta(days=3)
BUDGET = ("budget_revenue", "183", "2018-Q3")
APPROVER = Actor("an", "Nguyễn Thị An", frozenset({ActorRole.APPROVER, ActorRole.REPORTER}))

Form = Callable[..., bytes]
Send = Callable[..., Receipt]


def rows_stored(session: Session) -> int:
    tables = metadata.tables.values()
    return sum(session.scalar(select(func.count()).select_from(t)) or 0 for t in tables)


def events(session: Session) -> list[tuple[str, str, str]]:
    columns = audit_event.c
    query = select(columns.actor, columns.act, columns.outcome).order_by(columns.id)
    return [tuple(row) for row in session.execute(query)]


# --- refused ----------------------------------------------------------------------------


def test_an_empty_template_is_a_submission_that_states_nothing(send: Send, form: Form) -> None:
    receipt = send(form())

    assert receipt.outcome is Outcome.ACCEPTED_WITH_WARNINGS
    assert receipt.observations == ()


def test_something_that_is_no_workbook_is_not_stored(send: Send, session: Session) -> None:
    with pytest.raises(UnreadableWorkbook) as refused:
        send(b"Not a workbook")

    assert refused.value.findings
    assert rows_stored(session) == 0


def test_one_bad_cell_keeps_the_whole_workbook_out(
    send: Send, form: Form, session: Session
) -> None:
    with pytest.raises(SubmissionRejected) as refused:
        send(form(every=Decimal(5), budget_revenue="8,5,5", growth_services="khoảng 9"))

    errors = [finding for finding in refused.value.findings if finding.severity == "error"]
    assert {finding.indicator for finding in errors} == {"budget_revenue", "growth_services"}
    assert rows_stored(session) == 0


def test_the_workbook_of_another_unit_is_refused(send: Send, form: Form, session: Session) -> None:
    with pytest.raises(SubmissionRejected) as refused:
        send(form("183", every=Decimal(5)), reporter="184")

    assert "wrong_reporter" in {finding.code for finding in refused.value.findings}
    assert rows_stored(session) == 0


def test_who_may_not_send_for_a_unit_changes_nothing_but_the_log(
    send: Send, form: Form, session: Session
) -> None:
    neighbour = Actor("binh", "Bình", frozenset({ActorRole.REPORTER}), frozenset({"184"}))

    with pytest.raises(NotAllowed, match="not_your_reporter"):
        send(form("183", every=Decimal(5)), actor=neighbour)

    assert events(session) == [("binh", "submission.submit", "refused")]
    assert rows_stored(session) == 1
    assert settings.data_version(session) == 0


# --- accepted ---------------------------------------------------------------------------


def test_an_accepted_workbook_is_in_force_at_once(send: Send, form: Form, session: Session) -> None:
    data = form(every=Decimal(5), budget_revenue=Decimal("1234.5"))

    receipt = send(data)

    known = lookups.known(session)[BUDGET]
    assert known.value == Decimal("1234.5")
    assert known.source is not None and known.source.submission == receipt.submission
    assert (receipt.state, receipt.revision, receipt.duplicate) == ("approved", 1, False)
    assert receipt.outcome.accepted
    stored = submissions.get(session, receipt.submission)
    assert stored is not None
    assert (stored.note, stored.decided_by) == ("đã rà soát", AUTOMATIC_APPROVER.id)
    assert submissions.file_content(session, stored.file_digest) == data


def test_the_log_tells_sending_and_automatic_approval_apart(
    send: Send, form: Form, session: Session
) -> None:
    send(form(every=Decimal(5)))

    assert events(session) == [
        ("automatic", "submission.approve", "done"),
        ("local", "submission.submit", "done"),
    ]
    assert list(audit.faults(session)) == []


def test_the_same_bytes_again_change_nothing(send: Send, form: Form, session: Session) -> None:
    first = send(form(every=Decimal(5)))
    before = (rows_stored(session), settings.data_version(session))
    session.rollback()

    again = send(form(every=Decimal(5)), at=LATER)

    assert again.duplicate
    assert (again.submission, again.code, again.received_at) == (first.submission, first.code, NOON)
    assert again.observations == first.observations
    assert (rows_stored(session), settings.data_version(session)) == before


def test_going_back_to_an_earlier_file_is_a_correction(
    send: Send, form: Form, session: Session
) -> None:
    send(form(budget_revenue=Decimal(5)))
    send(form(budget_revenue=Decimal(6)), at=LATER)

    back = send(form(budget_revenue=Decimal(5)), at=LATER)

    assert (back.revision, back.duplicate) == (3, False)
    assert lookups.known(session)[BUDGET].value == Decimal(5)


def test_a_blank_cell_keeps_the_value_and_dots_take_it_away(
    send: Send, form: Form, session: Session
) -> None:
    send(form(budget_revenue=Decimal(5), growth_services=Decimal(9)))

    send(form(budget_revenue="…"), at=LATER)

    known = lookups.known(session)
    assert known["growth_services", "183", "2018-Q3"].value == Decimal(9)
    assert known[BUDGET].value is None
    assert known[BUDGET].status is ObsStatus.MISSING


def test_every_change_moves_the_data_version(send: Send, form: Form, session: Session) -> None:
    send(form(budget_revenue=Decimal(5)))
    first = settings.data_version(session)
    session.rollback()

    send(form(budget_revenue=Decimal(6)))

    assert settings.data_version(session) > first > 0


def test_completeness_follows_each_approval(
    send: Send, form: Form, session: Session, definitions: Definitions, org_units: OrgUnits
) -> None:
    receipt = send(form(budget_revenue=Decimal(5), growth_services=Decimal(9)))
    send(form("home_affairs", every=Decimal(1)))

    counts = kept_completeness(session)

    expected, filled = counts["183", "2018-Q3"]
    assert filled > len(receipt.observations) == 2
    assert expected > filled
    assert counts["184", "2018-Q3"] == (expected, filled - 2)


def test_what_is_expected_of_a_unit_counts_all_its_reporters(
    definitions: Definitions, org_units: OrgUnits
) -> None:
    from kpi.forms import rows_of
    from kpi.periods import Period

    period = Period(2018, 4)
    expected = expected_figures(definitions, org_units, "183", period)

    everyone = [*org_units.units, *definitions.agencies]
    keys = [row.key for one in everyone for row in rows_of(definitions, org_units, one, period)]
    about_cao_loc = [(unit, code) for _, unit, code in keys if unit == "183"]
    assert expected == {pair: about_cao_loc.count(pair) for pair in set(about_cao_loc)}


# --- looked at before it is sent --------------------------------------------------------


def test_an_inspection_shows_old_and_new_and_stores_nothing(
    send: Send, form: Form, session: Session, definitions: Definitions, org_units: OrgUnits
) -> None:
    send(form(budget_revenue=Decimal(5)))
    before = rows_stored(session)

    found = inspect(
        session, definitions, org_units, form(budget_revenue=Decimal(6)), "Cao Lộc.xlsx"
    )

    (change,) = found.changes
    assert change.old is not None
    assert (change.old.value, change.observation.value) == (Decimal(5), Decimal(6))
    assert found.outcome is Outcome.ACCEPTED_WITH_WARNINGS
    assert rows_stored(session) == before


def test_an_inspection_needs_no_database(
    form: Form, definitions: Definitions, org_units: OrgUnits
) -> None:
    found = inspect(None, definitions, org_units, form(budget_revenue=Decimal(6)), "a.xlsx")

    assert [change.old for change in found.changes] == [None]


def test_an_unreadable_file_is_inspected_without_an_exception(
    definitions: Definitions, org_units: OrgUnits
) -> None:
    found = inspect(None, definitions, org_units, b"", "rỗng.xlsx")

    assert found.form is None
    assert found.outcome is Outcome.REJECTED_FILE


# --- approved by a person ---------------------------------------------------------------


@pytest.fixture
def manual(definitions: Definitions) -> Definitions:
    return replace(definitions, approval={"A": "manual", "B": "manual"})


def test_before_the_approval_nothing_is_in_force(
    send: Send, form: Form, session: Session, factory: SessionFactory, manual: Definitions,
    org_units: OrgUnits,
) -> None:  # fmt: skip
    receipt = send(form(every=Decimal(5)), definitions=manual)
    assert receipt.state == "submitted"
    assert lookups.known(session) == {}
    session.rollback()

    approved = approve(
        factory, APPROVER, receipt.submission, at=LATER, definitions=manual, org_units=org_units
    )

    assert approved.state == "approved"
    assert BUDGET in lookups.known(session)


@pytest.mark.parametrize(
    ("sender", "decider", "reason"),
    [
        pytest.param(LOCAL_USER, LOCAL_USER, "not_your_role", id="no approver"),
        pytest.param(
            replace(APPROVER, every_reporter=True), APPROVER, "own_submission", id="own work"
        ),
    ],
)
def test_not_everybody_may_approve(
    send: Send, form: Form, session: Session, factory: SessionFactory, manual: Definitions,
    org_units: OrgUnits, sender: Actor, decider: Actor, reason: str,
) -> None:  # fmt: skip
    receipt = send(form(every=Decimal(5)), definitions=manual, actor=sender)

    with pytest.raises(NotAllowed, match=reason):
        approve(
            factory, decider, receipt.submission, at=LATER, definitions=manual, org_units=org_units
        )

    assert lookups.known(session) == {}
    assert events(session)[-1] == (decider.id, "submission.approve", "refused")


def test_a_second_decision_is_refused(
    send: Send, form: Form, factory: SessionFactory, definitions: Definitions, org_units: OrgUnits
) -> None:
    receipt = send(form(every=Decimal(5)))

    with pytest.raises(NotAllowed, match="already_decided"):
        approve(
            factory,
            APPROVER,
            receipt.submission,
            at=LATER,
            definitions=definitions,
            org_units=org_units,
        )


# --- two at once, and half-way ----------------------------------------------------------


def test_two_who_send_at_once_both_get_a_revision(send: Send, form: Form, session: Session) -> None:
    workbooks = [form(budget_revenue=Decimal(n)) for n in range(1, 7)]
    receipts: list[Receipt] = []
    barrier = threading.Barrier(2)

    def work(mine: list[bytes]) -> None:
        barrier.wait()
        receipts.extend(send(data) for data in mine)

    threads = [threading.Thread(target=work, args=(workbooks[i::2],)) for i in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(receipt.revision for receipt in receipts) == [1, 2, 3, 4, 5, 6]
    last = max(receipts, key=lambda receipt: receipt.submission)
    assert lookups.known(session)[BUDGET].value == last.observations[0].value
    assert list(audit.faults(session)) == []


def test_two_who_send_the_same_file_at_once_make_one_submission(
    send: Send, form: Form, session: Session
) -> None:
    data, receipts = form(every=Decimal(5)), list[Receipt]()
    threads = [threading.Thread(target=lambda: receipts.append(send(data))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(receipt.duplicate for receipt in receipts) == [False, True, True, True]
    assert submissions.count(session) == 1


@pytest.mark.parametrize("step", ["put_in_force", "count_complete", "add"])
def test_whatever_breaks_half_way_leaves_nothing(
    send: Send, form: Form, session: Session, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    def broken(session: Session, *_rest: object) -> None:
        session.execute(text("INSERT INTO setting VALUES ('half', 'way')"))
        raise OSError("disk full")

    monkeypatch.setattr(observations, step, broken)

    with pytest.raises(OSError, match="disk full"):
        send(form(every=Decimal(5)))

    assert rows_stored(session) == 0


def test_submit_needs_no_reporter_to_be_named(
    factory: SessionFactory, form: Form, definitions: Definitions, org_units: OrgUnits
) -> None:
    receipt = submit(
        factory,
        LOCAL_USER,
        form("184", every=Decimal(5)),
        "Văn Quan.xlsx",
        at=NOON,
        definitions=definitions,
        org_units=org_units,
        answers=Answers("đã rà soát"),
    )

    assert receipt.reporter == "184"


# --- what the sender has to say


def test_a_warning_nobody_has_explained_keeps_a_report_out(send: Send, form: Form) -> None:
    with pytest.raises(NotExplained) as refused:
        send(form(budget_revenue="12,5"), answers=Answers())

    assert "text_number" in {one.code for one in refused.value.findings}


def test_an_explanation_is_kept_with_its_finding(send: Send, form: Form, session: Session) -> None:
    said = Answers("theo báo cáo của xã", {"text_number": "đúng là 12,5"})

    receipt = send(form(budget_revenue="12,5"), answers=said)

    stored = submissions.get(session, receipt.submission)
    assert stored is not None
    kept = {str(one.code): one.explanation for one in stored.findings}
    assert kept == {"text_number": "đúng là 12,5", "left_blank": "theo báo cáo của xã"}


def test_the_finding_itself_may_be_explained(send: Send, form: Form) -> None:
    data = form(budget_revenue="12,5", growth_services="8,1")
    found = {one.key for one in send(data).findings if one.code == "text_number"}
    first, second = sorted(found)
    corrected = form(budget_revenue="12,6", growth_services="8,1")

    receipt = send(corrected, answers=Answers("chung", {first: "riêng"}))

    said = {one.key: one.explanation for one in receipt.findings}
    assert (said[first], said[second]) == ("riêng", "chung")


# --- again, and in the wrong order


def test_an_older_file_after_a_newer_one_asks(send: Send, form: Form) -> None:
    first, second = form(every=Decimal(5)), form(every=Decimal(6))
    send(first)
    send(second)

    receipt = send(first)

    older = [one for one in receipt.findings if one.code == "older_file"]
    assert [one.facts["variant"] for one in older] == ["again"]
    assert older[0].facts["revision"] == "2"


def test_a_workbook_saved_earlier_than_the_one_before_asks(send: Send, form: Form) -> None:
    def saved(data: bytes, day: int) -> bytes:
        file = BytesIO()
        with ZipFile(BytesIO(data)) as source, ZipFile(file, "w") as target:
            for name in source.namelist():
                part = source.read(name)
                if name == "docProps/core.xml":
                    part = re.sub(
                        rb">2018-01-01T[^<]*</dcterms:mod",
                        b">2018-10-%02dT08:00:00Z</dcterms:mod" % day,
                        part,
                    )
                target.writestr(name, part)
        return file.getvalue()

    send(saved(form(every=Decimal(5)), 3))
    newer = send(saved(form(every=Decimal(6)), 4))
    older = send(saved(form(every=Decimal(7)), 2))

    assert "older_file" not in {one.code for one in newer.findings}
    assert [one.facts.get("variant") for one in older.findings if one.code == "older_file"] == [
        None
    ]


# --- single quarters


def test_confirmed_quarters_are_stored_as_sums(send: Send, form: Form, session: Session) -> None:
    send(form(period="2018-Q2", budget_revenue=100), at=NOON)
    answers = Answers("số riêng của quý", single_quarters=True)

    receipt = send(form(budget_revenue=40), answers=answers)

    (stated,) = receipt.observations
    assert (stated.value, stated.raw) == (Decimal(140), "40")
    assert "added_up" in {one.code for one in receipt.findings}
    known = lookups.known(session, org_units=["183"], periods=["2018-Q3"])
    assert known["budget_revenue", "183", "2018-Q3"].value == Decimal(140)
