"""The statistician's path: take the form, fill it, drop it, see old → new, confirm.

Cao Lộc's own report of quý III/2018 is filled in again with one more commune that has a
hardened road, as openpyxl writes it, and with another after LibreOffice has opened and
saved it; the province's share on the overview must rise each time. Then what may go wrong on the
way: a broken file beside a good one, a file of another district, the same file again, a
quarter's own figures, errors mended in the workbook that was handed back. Sending works
with the keyboard alone.
"""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet
from playwright.sync_api import Page, expect

from bench.serving import Server

SCREEN = "/nop-bao-cao?don-vi=183&ky=2018-Q3"
CODES, VALUES, NOTES = "A", "G", "H"
SAMPLE = "data/samples/2018/CaoLoc_Q3_2018.xlsx"


def download_form(page: Page, folder: Path) -> Path:
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Tải biểu mẫu").click()
    path = folder / waiting.value.suggested_filename
    waiting.value.save_as(path)
    return path


def rows(sheet: Worksheet) -> Iterator[tuple[str, int]]:
    """Indicator and row of every value that may be filled in."""
    for row in range(1, sheet.max_row + 1):
        if not sheet[f"{VALUES}{row}"].protection.locked:
            yield str(sheet[f"{CODES}{row}"].value), row


def fill(form: Path, root: Path, **changed: object) -> Path:
    """The form with the figures Cao Lộc has sent before, but for those ``changed``."""
    sent = load_workbook(root / SAMPLE).worksheets[0]
    before = {code: sent[f"{VALUES}{row}"].value for code, row in rows(sent)}
    book = load_workbook(form)
    sheet = book.worksheets[0]
    for code, row in rows(sheet):
        sheet[f"{VALUES}{row}"] = changed.get(code, before[code])
        sheet[f"{NOTES}{row}"] = "Số liệu minh họa"
    filled = form.with_name(f"dien_{form.name}")
    book.save(filled)
    book.close()
    return filled


def as_filled(path: Path, _folder: Path, _soffice: str) -> Path:
    return path


def through_libreoffice(path: Path, folder: Path, soffice: str) -> Path:
    out = folder / "libreoffice"
    subprocess.run(
        [
            soffice, f"-env:UserInstallation=file://{folder}/profile", "--headless",
            "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", str(out), str(path),
        ],
        check=True, timeout=120, stdin=subprocess.DEVNULL, capture_output=True,
    )  # fmt: skip
    return out / path.name


def share_of_hardened_roads(page: Page) -> float:
    value = page.locator("tr[data-number='12'] .va b").inner_text()
    return float(value.replace(",", "."))


def test_a_corrected_report_changes_the_overview(
    page: Page, own_server: Server, tmp_path: Path, root: Path, soffice: str
) -> None:
    """One more commune at a time: as openpyxl writes it, then as LibreOffice saves it."""
    page.goto(own_server.url)
    before = share_of_hardened_roads(page)
    for communes, program in ((18, as_filled), (19, through_libreoffice)):
        page.goto(own_server.url + SCREEN)
        form = download_form(page, tmp_path)
        filled = program(fill(form, root, communes_hardened_road=communes), tmp_path, soffice)
        page.locator("input[type=file]").first.set_input_files(filled)
        says_what_would_change(page, communes - 1, communes)
        acknowledge(page)
        page.get_by_test_id("stMain").get_by_role("button", name="Nộp báo cáo").click()
        receipt = re.compile(r"Đã nộp\. Biên nhận [0-9A-F]{4}-[0-9A-F]{4}")
        expect(page.get_by_text(receipt)).to_be_visible()

        page.get_by_test_id("stMain").get_by_role("link", name="Xem tổng quan").click()
        expect(page.locator("tr[data-number]")).to_have_count(17)
        after = share_of_hardened_roads(page)
        assert after > before
        before = after


def says_what_would_change(page: Page, old: int, new: int) -> None:
    changes = page.locator("table.changes")
    expect(changes.locator("tbody tr")).to_have_count(1)
    expect(changes).to_contain_text("cứng hóa")
    expect(changes.locator("s")).to_have_text(str(old))
    expect(changes.locator(".new")).to_have_text(f"→ {new}")


def acknowledge(page: Page) -> None:
    """Explain the warnings, where there are any."""
    button = page.get_by_test_id("stMain").get_by_role("button", name="Nộp báo cáo")
    expect(button).to_be_visible()
    said = page.get_by_role("textbox", name=re.compile("Giải thích"))
    if said.count():
        said.first.fill("đã đối chiếu với các xã")
        said.first.press("Tab")
    expect(button).to_be_enabled()


def test_every_problem_is_listed_with_its_cell_and_nothing_can_be_sent(
    page: Page, server: Server, tmp_path: Path, root: Path
) -> None:
    page.goto(server.url + SCREEN)
    form = download_form(page, tmp_path)
    filled = fill(form, root, growth_agriculture="8 - 8,5", communes_hardened_road="chưa rõ")
    page.locator("input[type=file]").first.set_input_files(filled)

    findings = page.locator("table.checks")
    expect(findings).to_contain_text("G11")
    expect(findings).to_contain_text("G21")
    expect(findings).to_contain_text("chưa rõ")
    button = page.get_by_test_id("stMain").get_by_role("button", name="Nộp báo cáo")
    expect(button).to_be_disabled()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("bao_cao.xlsx", b"this is no workbook"),
        ("bao_cao.xlsx", b""),
        ("anh.png", b"\x89PNG\r\n\x1a\n"),
    ],
    ids=["text named xlsx", "empty", "a picture"],
)
def test_what_is_no_form_gets_a_sentence_and_no_traceback(
    page: Page, server: Server, name: str, content: bytes
) -> None:
    page.goto(server.url + SCREEN)
    receipts = page.get_by_text(re.compile(r"mã [0-9A-F]{4}-[0-9A-F]{4}"))
    expect(receipts.first).to_be_visible()
    sent_before = receipts.count()

    page.locator("input[type=file]").first.set_input_files(
        {"name": name, "mimeType": "application/octet-stream", "buffer": content}
    )

    expect(page.get_by_text("Không nhận được tệp này")).to_be_visible()
    expect(page.get_by_test_id("stException")).to_have_count(0)
    assert "Traceback" not in page.locator("body").inner_text()
    assert "Traceback" not in server.log.read_text(encoding="utf-8")
    assert receipts.count() == sent_before


def test_each_file_says_whose_it_is_and_what_it_would_change(
    page: Page, server: Server, root: Path
) -> None:
    page.goto(server.url + SCREEN)
    drop(page, root / "data/samples/2018/BacSon_Q3_2018.xlsx")

    expect(page.get_by_test_id("stMain")).to_contain_text(
        "Tệp này trùng bản v1 đã nộp; không có gì thay đổi."
    )
    drop(page, root / "data/samples/2018/BinhGia_Q2_2018.xlsx")
    expect(page.get_by_text("2 tệp đã chọn")).to_be_visible()
    page.get_by_role("button", name="Xem tệp 2").click()
    expect(page.locator(".file-line[aria-current]")).to_contain_text("Huyện Bình Gia")


def test_a_broken_file_stops_no_other_and_the_keyboard_is_enough(
    page: Page, own_server: Server, tmp_path: Path, root: Path
) -> None:
    """By keyboard alone, and each step as a screen reader is told of it."""
    broken = tmp_path / "hỏng.xlsx"
    broken.write_bytes(b"no workbook")
    page.goto(own_server.url + SCREEN)
    form = download_form(page, tmp_path)
    expect(page.get_by_role("button", name="Chọn tệp", exact=True)).to_be_visible()
    assert ("button", "Chọn tệp") in spoken(page)
    drop(page, broken, fill(form, root, communes_hardened_road=19))
    counted = "1 không nhận được · 1 cần giải thích"
    expect(page.get_by_role("status").filter(has_text=counted)).to_be_visible()
    expect(page.get_by_role("status").filter(has_text="Không nhận được tệp này")).to_be_visible()

    tab_to(page, "Xem tệp 2")
    page.keyboard.press("Enter")
    expect(page.locator("table.changes")).to_be_visible()
    title = "Kết quả kiểm tra: không có lỗi, 1 cảnh báo cần xem"
    expect(page.get_by_role("status").filter(has_text=title)).to_be_visible()
    why = "Giải thích ô G21: thay đổi bất thường"
    expect(page.get_by_role("textbox", name=why)).to_be_visible()
    expect(page.get_by_role("button", name="còn 1 chỗ chưa giải thích")).to_be_visible()
    told = spoken(page)
    assert {
        ("heading", "2 tệp đã chọn"),
        ("heading", title),
        ("table", title),
        ("table", "Sẽ thay đổi 1 trong 11 số liệu"),
        ("textbox", why),
        ("button", "Nộp báo cáo · còn 1 chỗ chưa giải thích"),
        ("button", "Chọn thêm tệp"),
        ("button", f"Bỏ {broken.name}"),
    } <= told
    assert {name for role, name in told if role in ACTED_ON and not name.strip()} == set()

    tab_to(page, why)
    page.keyboard.type("hai xã mới hoàn thành", delay=15)
    expect(page.get_by_text("đã giải thích")).to_be_visible()
    main = page.get_by_test_id("stMain")
    expect(main.get_by_role("button", name="Nộp báo cáo", exact=True)).to_be_enabled()
    tab_to(page, "Nộp báo cáo")
    page.keyboard.press("Enter")

    receipt = page.get_by_role("status").filter(has_text="Biên nhận")
    expect(receipt).to_contain_text(re.compile(r"Biên nhận [0-9A-F]{4}-[0-9A-F]{4}"))
    expect(receipt).to_contain_text("hai xã mới hoàn thành")


ACTED_ON = {"button", "textbox", "combobox", "checkbox", "link"}


def spoken(page: Page) -> set[tuple[str, str]]:
    """Role and name of everything in Chromium's accessibility tree: what a reader is told."""
    nodes = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]
    return {
        (one["role"]["value"], one.get("name", {}).get("value", ""))
        for one in nodes
        if not one["ignored"]
    }


def test_errors_are_mended_in_the_workbook_that_was_handed_back(
    page: Page, server: Server, tmp_path: Path, root: Path
) -> None:
    page.goto(server.url + SCREEN)
    form = download_form(page, tmp_path)
    drop(page, fill(form, root, communes_hardened_road="chưa rõ"))
    expect(page.locator(".drawn td.marked")).to_have_text(re.compile("chưa rõ"))
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Tải tệp đã đánh dấu lỗi").click()
    marked = tmp_path / waiting.value.suggested_filename
    waiting.value.save_as(marked)

    book = load_workbook(marked)
    assert book.sheetnames[0] == "Kết quả kiểm tra"
    sheet = book[book.sheetnames[1]]
    comment = sheet["G21"].comment
    assert comment is not None and "chưa rõ" in comment.text
    sheet["G21"] = 17
    book.save(marked)
    page.get_by_test_id("stFileChipDeleteBtn").first.locator("button").or_(
        page.locator("button[data-testid=stFileChipDeleteBtn]")
    ).first.click()
    drop(page, marked)

    expect(page.locator(".file-line .chip")).to_have_text("Không thay đổi")


def test_a_quarters_own_figures_are_added_up(
    page: Page, server: Server, tmp_path: Path, root: Path
) -> None:
    book = load_workbook(root / SAMPLE)
    sheet = book.worksheets[0]
    sheet["G9"], sheet["G19"] = "Thực hiện trong quý III", 97.5
    file = tmp_path / "quy.xlsx"
    book.save(file)
    page.goto(server.url + SCREEN)
    drop(page, file)

    page.get_by_text("Số riêng của quý: cộng dồn").click()

    expect(page.locator("table.checks")).to_contain_text("thành lũy kế 269,1")
    expect(page.get_by_test_id("stMain").get_by_role("button", name="Nộp báo cáo")).to_be_enabled()


def drop(page: Page, *files: Path) -> None:
    page.locator("input[type=file]").first.set_input_files(list(files))


def tab_to(page: Page, label: str) -> None:
    """Go on with the Tab key until that field or button has the focus."""
    focused = "document.activeElement.ariaLabel || document.activeElement.innerText || ''"
    for _ in range(60):
        page.keyboard.press("Tab")
        if str(page.evaluate(focused)).startswith(label):
            return
    raise AssertionError(f"the Tab key never comes to {label!r}")
