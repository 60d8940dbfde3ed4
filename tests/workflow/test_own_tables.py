"""A table of one's own: proposed, confirmed by a person, remembered, and read from then on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

import pytest

import texts
from kpi.definitions import Definitions, OrgUnits
from kpi.findings import NotAllowed, Outcome, Severity, UnreadableWorkbook
from kpi.layouts import ColumnRole, ColumnUse, Found, LayoutMapping, RowUse
from kpi.periods import Period
from kpi.permissions import Act, Actor, ActorRole
from kpi.submissions import FormReading
from loaders.layouts.proposals import Proposal
from loaders.limits import LOCAL
from loaders.plan_book import PlanBook
from loaders.reading_apart import reading_here
from store import layouts
from store.engine import Session, SessionFactory
from store.schema import audit_event
from tests.loaders import own_tables
from tests.workflow.conftest import Send
from texts.findings import message
from workflow.actors import LOCAL_APPROVER, LOCAL_USER
from workflow.inspection import inspect
from workflow.layouts import confirm
from workflow.own_tables import answered, mapping_file, propose
from workflow.reading import read_any

NOON = datetime(2018, 10, 5, 5, 0, tzinfo=UTC)
LATER = datetime(2018, 10, 6, 5, 0, tzinfo=UTC)
Q2, Q3 = Period(2018, 2), Period(2018, 3)
CAO_LOC = "183"
Read = Callable[..., FormReading | Proposal | PlanBook]
Confirm = Callable[..., bool]


@pytest.fixture(autouse=True)
def opened_here() -> Iterator[None]:
    """No process of its own for every workbook; the tests of the reader look at that."""
    with reading_here(LOCAL):
        yield


@pytest.fixture
def read(factory: SessionFactory, definitions: Definitions, org_units: OrgUnits) -> Read:
    def make(data: bytes, reporter: str | None = CAO_LOC, period: Period | None = Q3) -> object:
        with factory() as session:
            return read_any(
                session, definitions, org_units, data, "bieu.xlsx", reporter=reporter, period=period
            )

    return make  # type: ignore[return-value]


@pytest.fixture
def say_yes(factory: SessionFactory, definitions: Definitions, org_units: OrgUnits) -> Confirm:
    def make(mapping: LayoutMapping, actor: Actor = LOCAL_USER, at: datetime = NOON) -> bool:
        return confirm(
            factory, actor, mapping, file_name="bieu.xlsx", at=at,
            definitions=definitions, org_units=org_units,
        )  # fmt: skip

    return make


def proposal_of(found: object) -> Proposal:
    assert isinstance(found, Proposal)
    return found


def form_of(found: object) -> FormReading:
    assert isinstance(found, FormReading)
    return found


def values(form: FormReading) -> dict[tuple[str, str], object]:
    return {(one.indicator, one.org_unit): one.raw for one in form.readings if one.raw is not None}


# --- confirming


def test_a_table_is_read_only_after_somebody_said_so(read: Read, say_yes: Confirm) -> None:
    proposal = proposal_of(read(own_tables.district()))

    before_eight = datetime(2018, 10, 4, 18, 0, tzinfo=UTC)  # 1 o'clock of the next day here
    assert say_yes(proposal.mapping(), at=before_eight)
    form = form_of(read(own_tables.district()))
    assert values(form)["growth_services", CAO_LOC] == 9.15
    first = form.findings[0]
    assert (first.code, dict(first.facts)) == (
        "layout_applied",
        {"by": LOCAL_USER.id, "day": "2018-10-05"},
    )
    assert first.explanation  # nobody is asked to explain it again


def test_without_reporter_and_period_nothing_is_read(read: Read, say_yes: Confirm) -> None:
    say_yes(proposal_of(read(own_tables.district())).mapping())

    for reporter, period in ((None, None), (CAO_LOC, None), (None, Q3)):
        assert isinstance(read(own_tables.district(), reporter, period), Proposal)


def test_a_mapping_holds_for_its_reporter_and_headings_only(read: Read, say_yes: Confirm) -> None:
    say_yes(proposal_of(read(own_tables.district())).mapping())
    untitled = own_tables.book_of(own_tables.DISTRICT_ROWS[4:])
    other_heads = own_tables.book_of(
        [[*own_tables.DISTRICT_ROWS[4][:-1], "Lưu ý"], *own_tables.DISTRICT_ROWS[6:]]
    )

    assert isinstance(read(untitled, CAO_LOC), FormReading)
    assert isinstance(read(untitled, "184"), Proposal)
    assert isinstance(read(other_heads, CAO_LOC), Proposal)


def test_confirming_the_same_again_changes_nothing(
    read: Read, say_yes: Confirm, session: Session
) -> None:
    mapping = proposal_of(read(own_tables.district())).mapping()
    assert say_yes(mapping)
    assert not say_yes(mapping, at=LATER)

    assert len(layouts.history(session, CAO_LOC, mapping.fingerprint)) == 1


def test_a_changed_mapping_supersedes_and_the_old_one_stays(
    read: Read, say_yes: Confirm, session: Session
) -> None:
    proposal = proposal_of(read(own_tables.district()))
    first = proposal.mapping()
    revenue = next(row for row in proposal.rows if row.line.text == "Thu NSNN")
    assert revenue.use is not None
    second = proposal.mapping(rows={revenue.key: revenue.use})
    say_yes(first)
    say_yes(second, at=LATER)

    known = layouts.history(session, CAO_LOC, first.fingerprint)
    assert [one.mapping for one in known] == [first, second]
    form = form_of(read(own_tables.district()))
    assert values(form)["budget_revenue", CAO_LOC] == Decimal("190.2505")


def test_confirming_is_in_the_audit_log(read: Read, say_yes: Confirm, session: Session) -> None:
    mapping = proposal_of(read(own_tables.district())).mapping()
    say_yes(mapping)

    (event,) = session.execute(
        audit_event.select().where(audit_event.c.act == Act.CONFIRM_LAYOUT.value)
    )
    assert (event.actor, event.subject, event.outcome) == (LOCAL_USER.id, CAO_LOC, "done")
    assert mapping.fingerprint in event.details


@pytest.mark.parametrize(
    ("actor", "reason"),
    [
        (LOCAL_APPROVER, "not_your_role"),
        (Actor("x", "X", frozenset({ActorRole.REPORTER}), frozenset({"184"})), "not_your_reporter"),
    ],
)
def test_only_the_reporters_own_may_confirm(
    read: Read, say_yes: Confirm, actor: Actor, reason: str
) -> None:
    mapping = proposal_of(read(own_tables.district())).mapping()
    with pytest.raises(NotAllowed, match=reason):
        say_yes(mapping, actor)

    assert isinstance(read(own_tables.district()), Proposal)


def broken(mapping: LayoutMapping, reason: str) -> LayoutMapping:
    return {
        "mapping_without_values": replace(mapping, columns={}),
        "mapping_without_rows": replace(mapping, rows={}),
        "mapping_unknown_code": replace(mapping, rows={"x": RowUse("thu_ngan_sach")}),
        "mapping_without_reporter": replace(mapping, reporter="so_la"),
    }[reason]


@pytest.mark.parametrize(
    "reason",
    [
        "mapping_without_values", "mapping_without_rows", "mapping_unknown_code",
        "mapping_without_reporter",
    ],
)  # fmt: skip
def test_a_mapping_that_cannot_be_used_is_refused(
    read: Read, say_yes: Confirm, reason: str
) -> None:
    mapping = proposal_of(read(own_tables.district())).mapping()
    with pytest.raises(NotAllowed) as refused:
        say_yes(broken(mapping, reason))

    assert refused.value.reason == reason
    for lang in texts.LANGUAGES:
        assert texts.say(f"refused.{reason}", lang, **refused.value.facts)


# --- the mapping file


def test_a_file_of_another_table_or_reporter_is_refused(read: Read) -> None:
    proposal = proposal_of(read(own_tables.district()))
    text = mapping_file(proposal)

    assert answered(proposal, text) == proposal.mapping()
    for wrong, reason in (
        (text.replace(proposal.fingerprint, "f" * 64), "mapping_of_another_table"),
        (text.replace("reporter: '183'", "reporter: '184'"), "mapping_of_another_reporter"),
        ("- 1", "mapping_unreadable"),
        ("columns: [", "mapping_unreadable"),
        (text.replace("role: value", "role: wert"), "mapping_unreadable"),
    ):
        with pytest.raises(NotAllowed, match=reason):
            answered(proposal, wrong)


# --- what the title says


@pytest.mark.parametrize(
    ("reporter", "period", "named", "expected", "words"),
    [
        ("184", Q3, "183", "184", "ghi Huyện Cao Lộc, còn báo cáo được nộp cho Huyện Văn Quan"),
        (CAO_LOC, Q2, "2018-Q3", "2018-Q2", "ghi Quý III/2018, còn báo cáo được nộp cho Quý II"),
    ],
)
def test_a_title_that_says_otherwise_lets_nothing_through(
    session: Session,
    definitions: Definitions,
    org_units: OrgUnits,
    say_yes: Confirm,
    reporter: str,
    period: Period,
    named: str,
    expected: str,
    words: str,
) -> None:
    data = own_tables.book_of(
        [["UBND huyện Cao Lộc"], ["Báo cáo 9 tháng đầu năm 2018"],
         ["STT", "Chỉ tiêu", "ĐVT", "Lũy kế"], [1, "Tổng số xã", "xã", 21]]
    )  # fmt: skip
    found = propose(definitions, org_units, data, "a.xlsx", reporter=reporter, period=period)
    assert not isinstance(found, PlanBook)
    (proposal,) = found
    say_yes(proposal.mapping())
    seen = inspect(session, definitions, org_units, data, "a.xlsx", reporter, period=period)

    assert seen.outcome is Outcome.REJECTED_FILE
    assert seen.observations == ()
    differs = [one for one in seen.findings if one.code == "layout_title_differs"]
    assert [(one.found, one.expected, one.severity) for one in differs] == [
        (named, expected, Severity.ERROR)
    ]
    assert words in message(differs[0], "vi")


def test_a_year_in_the_title_is_a_hint_and_other_agencies_are_no_contradiction(
    read: Read, say_yes: Confirm
) -> None:
    data = own_tables.book_of(
        [["Kính gửi: Sở Tài chính"], ["Báo cáo năm 2018 của huyện Cao Lộc"],
         ["STT", "Chỉ tiêu", "ĐVT", "Lũy kế"], [1, "Tổng số xã", "xã", 21]]
    )  # fmt: skip
    proposal = proposal_of(read(data))
    assert (proposal.period.found, proposal.findings) == (Found.SIMILAR, ())


# --- several tables in one workbook


def test_each_table_is_confirmed_before_any_is_read(read: Read, say_yes: Confirm) -> None:
    first = proposal_of(read(own_tables.two_tables()))
    assert (first.at.sheet, first.number, first.count) == ("NTM", 1, 2)
    say_yes(first.mapping())
    second = proposal_of(read(own_tables.two_tables()))
    assert (second.at.sheet, second.number) == ("Thu", 2)

    say_yes(second.mapping())

    form = form_of(read(own_tables.two_tables()))
    assert values(form) == {
        ("rural_communes_total", CAO_LOC): 21,
        ("budget_revenue", CAO_LOC): 190.2,
    }
    assert [one.at and one.at.sheet for one in form.findings if one.code == "layout_applied"] == [
        "NTM",
        "Thu",
    ]


def test_a_table_can_be_set_aside_and_that_is_said_each_time(
    read: Read, say_yes: Confirm, send: Send
) -> None:
    say_yes(proposal_of(read(own_tables.two_tables())).mapping())
    second = proposal_of(read(own_tables.two_tables()))
    say_yes(second.set_aside())

    receipt = send(own_tables.two_tables(), reporter=CAO_LOC, period=Q3)

    assert [one.indicator for one in receipt.observations] == ["rural_communes_total"]
    (aside,) = [one for one in receipt.findings if one.code == "layout_set_aside"]
    assert (aside.at and aside.at.sheet, bool(aside.explanation)) == ("Thu", True)
    other_title = own_tables.book_of(
        [["Biểu khác"], ["STT", "Nội dung", "Đơn vị tính", "Thực hiện 9 tháng năm 2018"],
         [1, "Thu ngân sách nhà nước", "tỷ đồng", 190.2]]
    )  # fmt: skip
    assert isinstance(read(other_title), Proposal)  # set aside under its own title only


# --- the same door for check and submit


def test_an_unconfirmed_table_is_refused_with_its_place(
    session: Session, definitions: Definitions, org_units: OrgUnits
) -> None:
    seen = inspect(session, definitions, org_units, own_tables.district(), "a.xlsx", CAO_LOC)

    (finding,) = seen.findings
    assert (finding.code, str(finding.at)) == ("layout_unconfirmed", "Biểu 02!A5")
    assert seen.outcome is Outcome.REJECTED_FILE
    for lang in texts.LANGUAGES:
        assert "Biểu 02!A5" in message(finding, lang)


def test_a_confirmed_table_is_submitted_like_a_form(
    read: Read, say_yes: Confirm, send: Send, session: Session
) -> None:
    with pytest.raises(UnreadableWorkbook):
        send(own_tables.district(), reporter=CAO_LOC, period=Q3)
    say_yes(proposal_of(read(own_tables.district())).mapping())
    receipt = send(own_tables.district(), reporter=CAO_LOC, period=Q3)

    kept = {one.indicator: (one.value, str(one.at)) for one in receipt.observations}
    assert kept["growth_agriculture"] == (Decimal("2.61"), "Biểu 02!F8")
    assert "budget_revenue" not in kept
    assert "layout_applied" in {finding.code for finding in receipt.findings}


def test_a_plan_is_not_taken_for_a_report(
    session: Session, definitions: Definitions, org_units: OrgUnits
) -> None:
    seen = inspect(session, definitions, org_units, own_tables.handed_down(), "a.xlsx", CAO_LOC)

    assert [finding.code for finding in seen.findings] == ["plan_not_a_report"]


def test_an_answer_names_a_column_for_good(read: Read, say_yes: Confirm) -> None:
    proposal = proposal_of(read(own_tables.quarters()))
    quarter = next(one for one in proposal.columns if one.head.text == "Quý III")
    say_yes(proposal.mapping(columns={quarter.key: ColumnUse(ColumnRole.VALUE)}))

    assert values(form_of(read(own_tables.quarters()))) == {("budget_revenue", CAO_LOC): 68}
