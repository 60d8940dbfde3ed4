"""What is done on Thi đua and in the registers: by whom, and what the screen says afterwards."""

from __future__ import annotations

import re
from datetime import date
from hashlib import sha256
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook

import bootstrap
from kpi.honours import Recipient
from kpi.periods import Period
from kpi.permissions import Actor, ActorRole
from kpi.score_sheets import Voice
from pages import people
from tests.pages.test_several_files import XLSX
from workflow.score_books import blank_scores

STANDING, REGISTERS = "pages/standing.py", "pages/honours.py"
IN_EXCEL = "Chấm điểm bằng Excel"
PERSON = "Cá nhân minh họa 8"  # an award of Cao Lộc's
SECRETARY = Actor("thi-dua", "Thư ký", frozenset({ActorRole.SECRETARY}))
LEADER = Actor("lanh-dao", "Lãnh đạo", frozenset({ActorRole.LEADER}))
READER = Actor("xem", "Xem", frozenset({ActorRole.READER}))
CAO_LOC = Actor("cao-loc", "Cao Lộc", frozenset({ActorRole.REPORTER}), frozenset({"183"}))


def blocks(app) -> str:
    return "\n".join(element.proto.body for element in app.get("html"))


def labels(app) -> list[str]:
    named = [one.label for kind in ("expander", "download_button") for one in app.get(kind)]
    return [one for one in named if one]


def press(app, label: str) -> None:
    next(one for one in app.get("button") if one.label == label).click()
    app.run()
    assert not app.exception


def whole(app) -> bool:
    """Is the dossier with names handed out here?"""
    return any("Tải hồ sơ" in str(one.proto.label) for one in app.get("download_button"))


def as_person(monkeypatch: pytest.MonkeyPatch, person: Actor | None) -> None:
    """Somebody else than whoever sits at the machine; None: open reading."""
    monkeypatch.setattr(people, "actor", lambda: person)


# --- points beside the computed ones


def test_a_unit_gives_itself_points_and_the_secretary_verifies_them(open_page) -> None:
    app = open_page(STANDING, ky="2018-Q3", don_vi="180")
    key = "score-self-180-growth_agriculture"
    app.text_input(f"{key}-points").input("4,5")
    app.text_input(f"{key}-note").input("tính cả vụ đông")
    press(app, "Ghi điểm tự chấm")
    assert "Điểm từ 0 đến 4" in blocks(app)  # more than there is
    app.text_input(f"{key}-points").input("4")
    app.text_input(f"{key}-note").input("")
    press(app, "Ghi điểm tự chấm")
    assert "Ghi căn cứ rồi làm lại" in blocks(app)  # it differs and says nothing
    app.text_input(f"{key}-note").input("tính cả vụ đông")
    press(app, "Ghi điểm tự chấm")
    app.text_input("score-verified-180-growth_agriculture-points").input("3,9")
    app.text_input("score-verified-180-growth_agriculture-note").input("chưa có số chính thức")
    press(app, "Ghi điểm thẩm định")
    html = blocks(app)
    assert "Tự chấm 4,00: tính cả vụ đông" in html
    assert "Thẩm định 3,90: chưa có số chính thức" in html


# --- on one sheet, in a spreadsheet


def filled(unit: str, **points: tuple[object, str]) -> bytes:
    """The sheet of a unit, filled in by another program."""
    with bootstrap.session_factory()() as session:
        ground, today = bootstrap.standing_ground(2018), bootstrap.today()
        data = blank_scores(session, ground, Period(2018, 3), Voice.SELF, unit, today=today)
    book = load_workbook(BytesIO(data))
    sheet = book.worksheets[0]
    rows = {sheet.cell(row, 1).value: row for row in range(1, sheet.max_row + 1)}
    for criterion, (value, note) in points.items():
        sheet.cell(rows[criterion], 6).value, sheet.cell(rows[criterion], 7).value = value, note
    saved = BytesIO()
    book.save(saved)
    return saved.getvalue()


def test_a_sheet_is_looked_at_whole_and_kept_at_one_confirmation(open_page) -> None:
    app = open_page(STANDING, ky="2018-Q3", don_vi="181")
    (box,) = app.get("file_uploader")
    box.set_value(("phieu.xlsx", filled("181", reporting=(99, "?"), exemplars=(1, "")), XLSX))
    html = blocks(app.run())
    assert "Tự chấm Quý III-2018!F" in html
    assert "Ghi một số từ 0 đến 15" in html
    assert "sửa trong Excel rồi chọn lại tệp" in html
    sound = filled("181", reporting=(14.5, "muộn một ngày"), exemplars=(1, "chờ ghi sổ"))
    app.get("file_uploader")[0].set_value(("phieu.xlsx", sound, XLSX))
    html = blocks(app.run())
    assert "Sẽ thay đổi 2 điểm" in html
    assert "Tự chấm 14,50" not in html  # nothing is stored yet
    press(app, "Ghi 2 điểm")
    html = blocks(app)
    assert "Đã ghi 2 điểm tự chấm theo phiếu phieu.xlsx." in html
    assert "Tự chấm 14,50: muộn một ngày" in html
    assert "phieu.xlsx" in labels(app)  # to be taken away again
    assert f"SHA-256 {sha256(sound).hexdigest()}" in html


# --- other rules, tried


def test_other_rules_are_tried_and_nothing_is_kept(open_page) -> None:
    app = open_page(STANDING, ky="2018-Q4", don_vi="181")
    area = app.text_area("rehearse-2018")
    rules = area.value
    tried = rules.replace("late_per_day: 1", "late_per_day: 0").replace('"2018.2"', '"thử"')
    area.input(tried.replace("decimals: 2", "decimals: 0"))
    press(app, "Thử: đơn vị nào đổi hạng")
    html = blocks(app)
    assert "Thử quy chế thử:" in html
    assert html.count("<tr data-unit=") >= 11
    # each points as their own rules write them
    assert re.search(r'data-unit="183".*?>\d+,\d\d</td><td class="num">\d+</td></tr>', html)
    app.text_area("rehearse-2018").input(rules.replace("total: 100", "total: 99"))
    press(app, "Thử: đơn vị nào đổi hạng")
    assert "các nhóm cộng lại được 100" in blocks(app)
    assert bootstrap.standing_ground(2018).rules == rules


# --- the year is closed


def test_closing_needs_a_decision_and_a_confirmation_and_happens_once(open_page) -> None:
    assert "Chốt thứ hạng năm 2018" not in labels(open_page(STANDING, ky="2018-Q3"))
    app = open_page(STANDING, ky="2018-Q4", don_vi="183")
    assert "Chốt thứ hạng năm 2018" in labels(app)
    app.text_input("close-decision").input("12/QĐ-UBND ngày 20/01/2019")
    press(app, "Chốt thứ hạng")
    assert "Đánh dấu xác nhận" in blocks(app)
    app.checkbox("close-sure").check()
    app.text_input("close-decision").input(" ")
    press(app, "Chốt thứ hạng")
    assert "Ghi số và ngày của quyết định" in blocks(app)
    app.text_input("close-decision").input("12/QĐ-UBND ngày 20/01/2019")
    press(app, "Chốt thứ hạng")
    assert "đã chốt theo 12/QĐ-UBND ngày 20/01/2019" in blocks(app)
    now = labels(open_page(STANDING, ky="2018-Q4", don_vi="183"))
    assert not any(one.startswith(("Chốt", "Tự chấm", "Thẩm định")) for one in now)


# --- whose act it is


@pytest.mark.parametrize(
    ("person", "unit", "offered"),
    [
        (
            SECRETARY,
            "183",
            {"Thẩm định điểm của Cao Lộc", IN_EXCEL, "Thử quy chế khác trước khi ban hành"},
        ),
        (CAO_LOC, "183", {"Tự chấm điểm cho Cao Lộc", IN_EXCEL}),
        (CAO_LOC, "180", set()),
        (LEADER, "183", set()),
        (READER, "183", set()),
        (None, "183", set()),
    ],
)
def test_each_sees_the_acts_that_are_theirs(
    open_page, monkeypatch: pytest.MonkeyPatch, person: Actor | None, unit: str, offered: set[str]
) -> None:
    as_person(monkeypatch, person)
    app = open_page(STANDING, ky="2018-Q3", don_vi=unit)
    assert not app.exception
    assert {one.label for one in app.get("expander")} == offered
    named = person in (SECRETARY, LEADER) or (person is CAO_LOC and unit == "183")
    assert whole(app) is named


# --- the registers


@pytest.mark.parametrize(
    ("person", "unit", "named"),
    [
        (SECRETARY, "20", True),
        (LEADER, "20", True),
        (CAO_LOC, "183", True),
        (CAO_LOC, "180", False),
        (READER, "20", False),
        (None, "20", False),
    ],
)
def test_names_of_people_are_shown_to_whoever_may_see_them(
    open_page, monkeypatch: pytest.MonkeyPatch, person: Actor | None, unit: str, named: bool
) -> None:
    as_person(monkeypatch, person)
    html = blocks(open_page(REGISTERS, ky="2018-Q4", don_vi=unit))
    assert ("Cá nhân minh họa" in html) is named
    assert "MH-1" in html
    assert ("Tên cá nhân chỉ hiện với" in html) is not named


def test_the_registers_say_whom_awards_reach_in_both_languages(open_page) -> None:
    html = blocks(open_page(REGISTERS, ky="2018-Q4"))
    for said in ("50,0%", "6/12 lượt", "25,0%", "33,3%", PERSON, "là minh họa"):
        assert said in html
    assert html.count("<h1") == 1
    assert "Whom awards reach" in blocks(open_page(REGISTERS, ky="2018-Q4", lang="en"))


def test_an_entry_is_added_and_corrected_in_its_place(open_page, database: Path) -> None:
    app = open_page(REGISTERS, ky="2018-Q4", don_vi="183")
    key = "honour-award-new"
    app.selectbox(f"{key}-org_unit").select("183")
    app.selectbox(f"{key}-recipient_kind").select(Recipient.SMALL_COLLECTIVE)
    for name, text in {
        "recipient": "Tổ tự quản số 3", "decision": "99/QĐ-UBND", "decided_by": "UBND tỉnh",
        "reason": "Giữ gìn đường biên",
    }.items():  # fmt: skip
        app.text_input(f"{key}-{name}").input(text)
    press_last(app, "Ghi vào sổ")
    assert "Ghi ngày quyết định rồi làm lại" in blocks(app)
    app.date_input(f"{key}-decided_on").set_value(date(2018, 9, 20))
    app.checkbox(f"{key}-direct_worker").check()
    press_last(app, "Ghi vào sổ")
    assert "Chỉ cá nhân là người lao động trực tiếp" in blocks(app)
    app.checkbox(f"{key}-direct_worker").uncheck()
    press_last(app, "Ghi vào sổ")
    assert "Đã ghi mục số 22." in blocks(app)
    assert "Tổ tự quản số 3 (tập thể nhỏ)" in blocks(app)
    app.selectbox("honour-correct-award").select(22).run()
    app.text_input("honour-award-22-reason").input("Giữ gìn cột mốc")
    app.text_input("honour-award-22-why").input("ghi thiếu")
    press_last(app, "Ghi mục thay thế")
    html = blocks(app)
    assert "Đã ghi mục số 23, thay mục số 22." in html
    assert "Giữ gìn cột mốc" in html
    assert "Giữ gìn đường biên" not in html
    assert "thay mục số 22: ghi thiếu" in html


def press_last(app, label: str) -> None:
    """Both registers have such a button; that of the awards is the second."""
    [one for one in app.get("button") if one.label == label][-1].click()
    app.run()
    assert not app.exception


def test_the_administrator_takes_a_name_out_for_good(
    open_page, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = open_page(REGISTERS, ky="2018-Q4", don_vi="183")
    name = "Cá nhân minh họa 8"
    number = next(
        o for o in app.selectbox("honour-erase-award").options if "MH-11" in o
    ).partition(" ")[0]  # fmt: skip
    assert name in blocks(app)
    app.selectbox("honour-erase-award").select(int(number)).run()
    app.text_input(f"honour-erase-{number}-why").input("theo đơn")
    press_last(app, "Xóa tên")
    assert "Đánh dấu xác nhận" in blocks(app)
    assert name in blocks(app)
    app.checkbox(f"honour-erase-{number}-sure").check()
    app.text_input(f"honour-erase-{number}-why").input("theo đơn")
    press_last(app, "Xóa tên")
    html = blocks(app)
    assert f"Đã xóa tên khỏi mục số {number}." in html
    assert name not in html
    assert "Cá nhân, tên đã xóa" in html
    as_person(monkeypatch, SECRETARY)
    assert "Khen thưởng: Xóa tên cá nhân…" not in labels(open_page(REGISTERS, ky="2018-Q4"))
