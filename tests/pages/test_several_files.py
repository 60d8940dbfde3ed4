"""Dropping workbooks on the submission screen, without a browser.

Several at once, one of them broken; explaining and sending; a file that is another's, is
there already or says nothing new; a locked period; what somebody wrote into a name.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from streamlit.testing.v1 import AppTest

import bootstrap
from kpi.periods import Period
from store import submissions
from tests.loaders import packages
from workflow.actors import LOCAL_USER
from workflow.periods import lock_period

OpenPage = Callable[..., AppTest]
File = tuple[str, bytes, str]
SAMPLES = Path(__file__).parent.parent.parent / "data" / "samples" / "2018"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
UNUSUAL = 19  # communes with a hardened road: one warning, for such a change is rare


@pytest.fixture
def screen(open_page: OpenPage) -> AppTest:
    """Cao Lộc's form of quý III/2018."""
    return open_page("pages/submit.py", don_vi="183", ky="2018-Q3")


def workbook(sample: str, name: str = "bao_cao.xlsx", **changed: float | str) -> File:
    """A report that was sent before, with some figures changed."""
    book = load_workbook(SAMPLES / sample)
    sheet = book.worksheets[0]
    for row in range(1, sheet.max_row + 1):
        code = sheet.cell(row, 1).value
        if code in changed:
            sheet[f"G{row}"] = changed[str(code)]
    return saved(book, name)


def saved(book: Workbook, name: str) -> File:
    file = BytesIO()
    book.save(file)
    return name, file.getvalue(), XLSX


def drop(app: AppTest, *files: File) -> AppTest:
    app.file_uploader[0].set_value(list(files))
    return app.run()


def html(app: AppTest) -> str:
    return " ".join(element.proto.body for element in app.get("html"))


def press(app: AppTest, label: str) -> AppTest:
    next(button for button in app.button if button.label.startswith(label)).click()
    return app.run()


def labels(app: AppTest) -> Sequence[str]:
    return [button.label for button in app.button]


def say_in(app: AppTest, label: str, text: str) -> AppTest:
    next(field for field in app.text_input if label in field.label).set_value(text)
    return app.run()


def latest() -> submissions.Submission:
    with bootstrap.session_factory()() as session:
        found = submissions.latest(session, "183", "2018-Q3", standing=True)
    assert found is not None
    return found


def test_a_broken_file_stops_no_other(screen: AppTest) -> None:
    app = drop(
        screen,
        ("hỏng.xlsx", b"no workbook", XLSX),
        workbook("CaoLoc_Q3_2018.xlsx", communes_hardened_road=UNUSUAL),
    )

    assert not app.exception
    assert "2 tệp đã chọn" in html(app)
    assert "1 không nhận được · 1 cần giải thích" in html(app)
    app = press(app, "Xem tệp 2")
    assert "Sẽ thay đổi 1 trong 11 số liệu" in html(app)


def test_a_warning_is_explained_and_the_explanation_kept(screen: AppTest) -> None:
    app = drop(screen, workbook("CaoLoc_Q3_2018.xlsx", communes_hardened_road=UNUSUAL))
    assert "Nộp báo cáo · còn 1 chỗ chưa giải thích" in labels(app)

    app = say_in(app, "Giải thích ô G21", "hai xã mới hoàn thành")
    app = press(app, "Nộp báo cáo")

    assert "Đã nộp. Biên nhận" in html(app)
    assert "hai xã mới hoàn thành" in html(app)
    (warning,) = latest().findings
    assert (warning.code, warning.explanation) == ("outlier", "hai xã mới hoàn thành")


def test_pressed_too_early_it_says_what_is_missing_and_stores_nothing(screen: AppTest) -> None:
    before = latest()
    app = drop(screen, workbook("CaoLoc_Q3_2018.xlsx", communes_hardened_road=UNUSUAL))

    app = press(app, "Nộp báo cáo")

    assert "Chưa nộp: còn 1 chỗ chưa giải thích" in html(app)
    assert latest().id == before.id


def test_a_note_explains_nothing_unless_it_is_meant_for_all(screen: AppTest) -> None:
    file = workbook("CaoLoc_Q3_2018.xlsx", budget_revenue="83.1")
    app = say_in(drop(screen, file), "Ghi chú", "đã đối chiếu")
    assert "Nộp báo cáo · còn 3 chỗ chưa giải thích" in labels(app)

    app.checkbox[0].check().run()
    app = say_in(app, "Giải thích chung", "số đã chốt với kho bạc")

    assert "Nộp báo cáo" in labels(app)


def test_a_file_of_another_district_is_asked_about(screen: AppTest) -> None:
    app = drop(screen, workbook("BacSon_Q3_2018.xlsx", budget_revenue=91))
    assert "Tệp ghi Huyện Bắc Sơn, quý III/2018; trang đang chọn Huyện Cao Lộc" in html(app)
    assert "Nộp báo cáo" not in labels(app)

    app = press(app, "Nộp cho Huyện Bắc Sơn, quý III/2018")

    assert not app.exception
    assert any(label.startswith("Nộp báo cáo") for label in labels(app))


def test_the_files_of_many_districts_are_sent_at_once(screen: AppTest) -> None:
    one = workbook("BacSon_Q3_2018.xlsx", growth_services=7.18)
    other = workbook("HuuLung_Q3_2018.xlsx", growth_services=8.53)
    app = press(drop(screen, one, other), "Nhận cả 2 tệp")

    app = press(app, "Nộp cả 2 tệp")

    assert not app.exception
    assert "2 đã nộp" in html(app)
    assert "Đã nộp 2 trong 2 tệp" in html(app)


def test_the_same_bytes_and_the_same_figures_each_say_so(screen: AppTest) -> None:
    content = (SAMPLES / "CaoLoc_Q3_2018.xlsx").read_bytes()
    app = drop(screen, ("cũ.xlsx", content, XLSX), ("cũ (1).xlsx", content, XLSX))
    assert "Tệp này trùng bản v1 đã nộp; không có gì thay đổi." in html(app)
    assert "trùng nội dung với tệp 1" in html(app)
    assert not any(label.startswith("Nộp báo cáo") for label in labels(app))

    app = drop(app, workbook("CaoLoc_Q3_2018.xlsx", "lưu lại.xlsx"))

    assert "Không thay đổi so với số đang có hiệu lực của Huyện Cao Lộc" in html(app)


def test_a_quarters_own_figures_are_added_up_on_a_choice(screen: AppTest) -> None:
    book = load_workbook(SAMPLES / "CaoLoc_Q3_2018.xlsx")
    sheet = book.worksheets[0]
    sheet["G9"], sheet["G19"] = "Thực hiện trong quý III", 97.5
    app = drop(screen, saved(book, "quý.xlsx"))
    assert "Lũy kế hay số riêng của quý?" in html(app)

    app.radio[0].set_value("single").run()

    assert not app.exception
    assert "97,5 là số riêng của quý, cộng với 171,6 của Quý II/2018 thành lũy kế 269,1" in html(
        app
    )
    assert "Nộp báo cáo" in labels(app)


def test_a_locked_period_says_why_and_takes_nothing(open_page: OpenPage) -> None:
    lock_period(
        bootstrap.session_factory(), LOCAL_USER, Period(2018, 3), at=bootstrap.now(),
        reason="đã chốt số",
    )  # fmt: skip
    app = open_page("pages/submit.py", don_vi="183", ky="2018-Q3")

    app = drop(app, workbook("CaoLoc_Q3_2018.xlsx", communes_hardened_road=UNUSUAL))

    assert "Chưa nộp được" in html(app)
    button = next(one for one in app.button if one.label.startswith("Nộp báo cáo"))
    assert button.disabled


def test_what_somebody_wrote_into_a_name_stays_text(screen: AppTest) -> None:
    name = '<img src=x onerror="alert(1)">.xlsx'

    app = drop(screen, (name, b"PK\x03\x04 cut off", XLSX))

    assert not app.exception
    assert "<img" not in html(app)
    assert "&lt;img" in html(app)


def test_files_made_to_do_harm_get_a_sentence_each_and_stop_no_other(screen: AppTest) -> None:
    laughing = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'
    harmful = {
        "thực thể.xlsx": packages.packed(
            {packages.SHEET: laughing + packages.sheet("<row>&b;</row>")}
        ),
        "bom.xlsx": packages.packed({packages.SHEET: packages.sheet(" " * 22_000_000)}),
        "hai phần.xlsx": packages.packed(twice=packages.SHEET),
        "cụt.xlsx": packages.packed()[:200],
        "trống.xlsx": b"",
    }
    files = [(name, data, XLSX) for name, data in harmful.items()]

    app = drop(screen, *files, workbook("CaoLoc_Q3_2018.xlsx", communes_hardened_road=UNUSUAL))

    assert not app.exception
    assert "5 không nhận được · 1 cần giải thích" in html(app)
    assert "Không nhận được tệp này" in html(app)
    assert "Sẽ thay đổi 1 trong 11 số liệu" in html(press(app, "Xem tệp 6"))
