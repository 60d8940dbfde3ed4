"""Sheets of scores: filled in by another program, looked at whole, kept whole or not at all."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO
from json import loads
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet
from sqlalchemy import select

import texts
from kpi import score_books as rules_of_sheets
from kpi.definitions import Definitions, OrgUnits
from kpi.findings import NotAllowed, SubmissionRejected, UnreadableWorkbook
from kpi.local_time import local_date
from kpi.periods import Period
from kpi.permissions import Actor, ActorRole
from kpi.plan_years import PlanYear, PlanYears
from kpi.score_sheets import Given, Sheet, Voice
from loaders.reading_apart import reading_here
from reports.html.score_preview import about_finding, score_preview
from store import submissions
from store.engine import Session, SessionFactory
from store.schema import audit_event
from tests.workflow.conftest import Form
from texts.findings import message
from workflow import score_books
from workflow.reading import read_report
from workflow.score_books import (
    ScoreInspection,
    barred,
    blank_scores,
    inspect_scores,
    keep_scores,
    kept_scores,
)
from workflow.scores import give
from workflow.standings import Ground, close_year, standing_at

NOON = datetime(2018, 10, 12, 5, 0, tzinfo=UTC)
TODAY = date(2018, 10, 12)
Q3 = Period(2018, 3)
SECRETARY = Actor("thi-dua", "Thư ký", frozenset({ActorRole.SECRETARY}))
REPORTER = Actor("cao-loc", "Cao Lộc", frozenset({ActorRole.REPORTER}), frozenset({"183"}))
BOTH = replace(REPORTER, id="ca-hai", roles=REPORTER.roles | SECRETARY.roles)

Edit = Callable[[Worksheet], None]
Filled = Callable[..., bytes]
Look = Callable[[bytes], ScoreInspection]


@pytest.fixture
def ground(root: Path, definitions: Definitions, org_units: OrgUnits) -> Ground:
    rules = (root / "data" / "emulation" / "2018.yaml").read_text(encoding="utf-8")
    years = PlanYears((PlanYear(definitions),))
    return Ground(rules, lambda _session, _as_of: years, org_units)


@pytest.fixture
def filled(session: Session, ground: Ground) -> Filled:
    """A sheet as the product hands it out, filled in by another program."""

    def make(edit: Edit = lambda _sheet: None, whose: str = "183") -> bytes:
        session.rollback()  # the snapshot read before
        voice = Voice.SELF if whose.isdecimal() else Voice.VERIFIED
        data = blank_scores(session, ground, Q3, voice, whose, today=TODAY)
        book = load_workbook(BytesIO(data))
        edit(book.worksheets[0])
        saved = BytesIO()
        book.save(saved)
        return saved.getvalue()

    return make


@pytest.fixture
def look(session: Session, ground: Ground) -> Look:
    def make(data: bytes) -> ScoreInspection:
        session.rollback()
        with reading_here():
            return inspect_scores(session, lambda _year: ground, data, "phieu.xlsx", today=TODAY)

    return make


def row_of(sheet: Worksheet, criterion: str, unit: str | None = None) -> int:
    return next(
        row
        for row in range(1, sheet.max_row + 1)
        if sheet.cell(row, 1).value == criterion and unit in (None, sheet.cell(row, 2).value)
    )


def put(sheet: Worksheet, criterion: str, points: object, note: str | None = None,
        unit: str | None = None) -> None:  # fmt: skip
    """In the two coloured columns, which are the last."""
    row, last = row_of(sheet, criterion, unit), sheet.max_column
    sheet.cell(row, last - 1).value, sheet.cell(row, last).value = points, note  # type: ignore[assignment]


def sheet_of(session: Session, ground: Ground, unit: str = "183") -> Sheet:
    session.rollback()
    found = standing_at(session, ground, Q3, as_of=None, today=local_date(NOON))
    assert found is not None
    return found.sheet(unit)


def test_a_unit_scores_itself_on_one_sheet(
    factory: SessionFactory, session: Session, ground: Ground, filled: Filled, look: Look
) -> None:
    def own(sheet: Worksheet) -> None:
        put(sheet, "exemplars", 2, "đã có quyết định, chờ ghi sổ")
        put(sheet, "reporting", "12,5", "nộp muộn một lần")

    data = filled(own)
    seen = look(data)
    assert [(one.old, one.new.points) for one in seen.changes] == [
        (None, Decimal("12.5")),
        (None, Decimal(2)),
    ]
    assert [str(one.code) for one in seen.findings] == ["text_number"]  # no explanation needed
    assert keep_scores(factory, REPORTER, ground, seen, data, at=NOON) == 2
    kept = sheet_of(session, ground).own
    assert {one.criterion: (one.points, one.note, one.said_by) for one in kept.values()} == {
        "reporting": (Decimal("12.5"), "nộp muộn một lần", "cao-loc"),
        "exemplars": (Decimal(2), "đã có quyết định, chờ ghi sổ", "cao-loc"),
    }
    event = session.execute(select(audit_event)).one()
    said = loads(event.details)
    assert (event.act, event.subject) == ("standing.self_score", "183 2018-Q3")
    assert said["exemplars"] == "2 · đã có quyết định, chờ ghi sổ"
    (book,) = kept_scores(session, [Voice.SELF], "183", Q3)
    assert (book.file_name, book.digest, book.by) == ("phieu.xlsx", said["file"], "cao-loc")
    assert submissions.file_content(session, book.digest) == data


def test_the_same_sheet_again_changes_nothing_and_an_edited_one_shows_old_and_new(
    factory: SessionFactory, ground: Ground, filled: Filled, look: Look, org_units: OrgUnits
) -> None:
    first = filled(lambda sheet: put(sheet, "exemplars", 2, "chờ ghi sổ"))
    keep_scores(factory, REPORTER, ground, look(first), first, at=NOON)
    assert look(first).differing == ()
    again = look(filled(lambda sheet: put(sheet, "exemplars", 1, "chờ ghi sổ")))
    assert again.asked is not None
    html = score_preview(again.changes, again.asked, org_units, "vi")
    assert "Sẽ thay đổi 1 điểm" in html
    assert "<s>2,00</s>" in html
    assert '<b class="new">1,00</b>' in html
    blank = look(filled(lambda sheet: put(sheet, "exemplars", None)))
    assert [one.code for one in blank.findings] == [rules_of_sheets.SCORE_LEFT_BLANK]
    assert (blank.differing, blank.outcome.accepted) == ((), True)


def test_the_council_verifies_a_cluster_on_one_sheet(
    factory: SessionFactory, session: Session, ground: Ground, filled: Filled, look: Look
) -> None:
    own = Given(Q3.code, "183", "exemplars", Voice.SELF, Decimal(2), "chờ ghi sổ")
    give(factory, REPORTER, ground, [own], at=NOON)

    def verified(sheet: Worksheet) -> None:
        row = row_of(sheet, "exemplars", "183")
        shown = [sheet.cell(row, column).value for column in range(1, sheet.max_column + 1)]
        assert shown[-4:-2] == [2, "chờ ghi sổ"]  # the unit's own stand beside
        put(sheet, "exemplars", 1, "mới có một quyết định", "183")
        put(sheet, "reporting", 15, None, "180")

    border = ground.org_units.units["183"].cluster
    data = filled(verified, whose=border)
    seen = look(data)
    assert [one.code for one in seen.findings] == [rules_of_sheets.SCORE_NO_REASON]
    assert seen.findings[0].org_unit == "180"
    sound = filled(lambda sheet: (verified(sheet), put(sheet, "reporting", 14, "?", "180")), border)
    assert keep_scores(factory, SECRETARY, ground, look(sound), sound, at=NOON) == 2
    assert sheet_of(session, ground, "180").verified["reporting"].points == 14
    assert sheet_of(session, ground).verified["exemplars"].note == "mới có một quyết định"
    subjects = session.scalars(select(audit_event.c.subject)).all()
    assert subjects[1:] == ["180 2018-Q3", "183 2018-Q3"]
    # what the unit said one by one came in no workbook
    assert [one.digest for one in kept_scores(session, list(Voice), "183", Q3)] == [
        hashlib.sha256(sound).hexdigest()
    ]
    assert kept_scores(session, [Voice.SELF], "183", Q3) == []


def test_everything_that_is_wrong_is_said_at_once_with_its_cell(
    filled: Filled, look: Look, org_units: OrgUnits
) -> None:
    cells: dict[str, str] = {}

    def wrong(sheet: Worksheet) -> None:
        value = {
            "exemplars": (3, "quá điểm tối đa"),
            "reporting": (10, None),
            "awards": ("1,125", "hai cách đọc"),
            "initiatives": ("tám", "chữ"),
            "bonus": (None, "chỉ có lý do"),
            "budget_revenue": (4, "chưa tính ở kỳ này"),
        }
        for criterion, (points, note) in value.items():
            put(sheet, criterion, points, note)
            row = row_of(sheet, criterion)
            cells[criterion] = sheet.cell(row, sheet.max_column - 1).coordinate
        copied = sheet.max_row + 2
        for column in range(1, sheet.max_column + 1):
            sheet.cell(copied, column).value = sheet.cell(row_of(sheet, "exemplars"), column).value
            sheet.cell(copied + 1, column).value = sheet.cell(copied, column).value
        sheet.cell(copied + 1, 1).value = "no_such_criterion"
        cells["twice"] = sheet.cell(copied, sheet.max_column - 1).coordinate
        cells["unknown"] = sheet.cell(copied + 1, sheet.max_column - 1).coordinate

    seen = look(filled(wrong))
    found = {(str(one.code), one.at.cell if one.at else "") for one in seen.findings}
    assert found == {
        (rules_of_sheets.SCORE_FIGURE, cells["exemplars"]),
        (rules_of_sheets.SCORE_NO_REASON, cells["reporting"]),
        (rules_of_sheets.SCORE_FIGURE, cells["awards"]),
        ("not_a_number", cells["initiatives"]),
        (rules_of_sheets.SCORE_REASON_ALONE, cells["bonus"]),
        (rules_of_sheets.SCORE_NOT_COUNTED, cells["budget_revenue"]),
        (rules_of_sheets.SCORE_TWICE, cells["twice"]),
        (rules_of_sheets.SCORE_ROW, cells["unknown"]),
    }
    assert not seen.outcome.accepted
    for lang in texts.LANGUAGES:
        said = [message(one, lang) for one in seen.findings]
        assert not any("{" in one for one in said)
        names = {about_finding(one, seen.asked, org_units, lang) for one in seen.findings}
        assert "no_such_criterion" in said[-1]
        assert "exemplars" not in names  # a person reads a name and no code


@pytest.mark.parametrize("lang", texts.LANGUAGES)
def test_every_finding_has_its_sentence(lang: str) -> None:
    constants = [*vars(rules_of_sheets).items(), *vars(score_books).items()]
    named = {value for name, value in constants if name.startswith("SCORE_") and value != Q3}
    codes = {one for one in named if isinstance(one, str)}
    assert len(codes) >= 14
    assert {one for one in codes if not texts.has(f"finding.{one}", lang)} == set()


def test_a_sheet_with_an_error_is_kept_in_no_part(
    factory: SessionFactory, session: Session, ground: Ground, filled: Filled, look: Look
) -> None:
    def half(sheet: Worksheet) -> None:
        put(sheet, "exemplars", 2, "chờ ghi sổ")
        put(sheet, "reporting", 99, "quá nhiều")

    data = filled(half)
    with pytest.raises(SubmissionRejected):
        keep_scores(factory, REPORTER, ground, look(data), data, at=NOON)
    assert sheet_of(session, ground).own == {}


def test_nobody_gets_past_the_rules_of_points_given_one_by_one(
    factory: SessionFactory, session: Session, ground: Ground, filled: Filled, look: Look
) -> None:
    own = filled(lambda sheet: put(sheet, "exemplars", 2, "chờ ghi sổ"), "184")
    border = ground.org_units.units["183"].cluster

    def two(sheet: Worksheet) -> None:
        put(sheet, "exemplars", 2, "chờ ghi sổ", "180")
        put(sheet, "exemplars", 2, "chờ ghi sổ", "183")

    council = filled(two, border)
    for actor, data, reason in (
        (REPORTER, own, "not_your_reporter"),
        (SECRETARY, own, "not_your_role"),
        (REPORTER, council, "not_your_role"),
        (BOTH, council, "own_score"),  # the other unit's points are not kept either
    ):
        seen = look(data)
        session.rollback()
        assert reason in barred(session, actor, seen).values()
        with pytest.raises(NotAllowed) as refused:
            keep_scores(factory, actor, ground, seen, data, at=NOON)
        assert refused.value.reason == reason
    assert [sheet_of(session, ground, unit) for unit in ("180", "183", "184")] == [Sheet()] * 3
    outcomes = set(session.scalars(select(audit_event.c.outcome)))
    assert outcomes == {"refused"}


def test_what_was_seen_is_what_is_replaced(
    factory: SessionFactory, session: Session, ground: Ground, filled: Filled, look: Look
) -> None:
    data = filled(lambda sheet: put(sheet, "exemplars", 2, "chờ ghi sổ"))
    seen = look(data)
    other = Given(Q3.code, "183", "exemplars", Voice.SELF, Decimal(1), "người khác ghi")
    give(factory, REPORTER, ground, [other], at=NOON)
    with pytest.raises(NotAllowed) as refused:
        keep_scores(factory, REPORTER, ground, seen, data, at=NOON)
    assert refused.value.reason == "scores_changed"
    assert sheet_of(session, ground).own["exemplars"].points == 1


def test_a_closed_year_and_other_rules_take_no_sheet(
    factory: SessionFactory, session: Session, ground: Ground, filled: Filled, look: Look
) -> None:
    data = filled(lambda sheet: put(sheet, "exemplars", 2, "chờ ghi sổ"))
    seen = look(data)
    assert ground.rules is not None
    newer = replace(ground, rules=ground.rules.replace('"2018.2"', '"2018.3"'))
    session.rollback()
    with reading_here():
        other = inspect_scores(session, lambda _year: newer, data, "p.xlsx", today=TODAY)
    assert [one.code for one in other.findings] == [rules_of_sheets.SCORE_RULES]
    close_year(factory, SECRETARY, ground, 2018, decision="1/QĐ", at=NOON)
    with pytest.raises(NotAllowed) as refused:
        keep_scores(factory, REPORTER, ground, seen, data, at=NOON)
    assert refused.value.reason == "score_closed"
    assert [one.code for one in look(data).findings] == [score_books.SCORE_CLOSED]
    session.rollback()
    with pytest.raises(NotAllowed):
        blank_scores(session, ground, Q3, Voice.SELF, "183", today=TODAY)


def test_a_report_is_no_sheet_of_scores_and_none_is_a_report(
    filled: Filled, look: Look, form: Form, definitions: Definitions, org_units: OrgUnits
) -> None:
    with pytest.raises(UnreadableWorkbook) as refused:
        look(form("183"))
    assert [one.code for one in refused.value.findings] == ["score_no_sheet"]
    years = PlanYears((PlanYear(definitions),))
    with reading_here(), pytest.raises(UnreadableWorkbook) as refused:
        read_report(None, years, org_units, filled(), "phieu.xlsx")
    assert [one.code for one in refused.value.findings] == ["score_not_a_report"]
