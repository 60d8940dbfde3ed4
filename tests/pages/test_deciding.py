"""The approver's screen and the way back: approve, return, withdraw, without a browser."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import load_workbook
from streamlit.testing.v1 import AppTest

import bootstrap
from kpi.explanations import Answers
from store import submissions
from workflow.actors import LOCAL_USER
from workflow.submissions import submit

OpenPage = Callable[..., AppTest]
ROOT = Path(__file__).parent.parent.parent


@pytest.fixture
def waiting(database: Path) -> int:
    """The number of a correction of Cao Lộc that waits for a person."""
    book = load_workbook(ROOT / "data/samples/2018/CaoLoc_Q3_2018.xlsx")
    sheet = book.worksheets[0]
    row = next(row for row in sheet.iter_rows() if any(c.value == "budget_revenue" for c in row))
    next(cell for cell in row if isinstance(cell.value, int | float) and cell.column == 7).value = 1
    file = database.parent / "sửa.xlsx"
    book.save(file)
    manual = replace(bootstrap.definitions(), approval={"A": "manual", "B": "manual"})
    receipt = submit(
        bootstrap.session_factory(),
        LOCAL_USER,
        file.read_bytes(),
        file.name,
        at=bootstrap.now(),
        definitions=manual,
        org_units=bootstrap.org_units(),
        answers=Answers("đã đối chiếu"),
    )
    return receipt.submission


def state_of(number: int) -> str:
    with bootstrap.session_factory()() as session:
        stored = submissions.get(session, number)
    assert stored is not None
    return stored.state


def html(app: AppTest) -> str:
    return " ".join(element.proto.body for element in app.get("html"))


def press(app: AppTest, key: str) -> AppTest:
    next(button for button in app.button if key in (button.key or "")).click()
    return app.run()


def test_with_nothing_to_decide_the_screen_says_so(open_page: OpenPage) -> None:
    app = open_page("pages/approve.py")

    assert not app.exception
    assert "0 báo cáo đang chờ duyệt" in html(app)


def test_the_approver_sees_old_and_new_and_approves(open_page: OpenPage, waiting: int) -> None:
    app = open_page("pages/approve.py")
    shown = html(app)
    assert "1 báo cáo đang chờ duyệt" in shown
    assert "Huyện Cao Lộc" in shown and "đã đối chiếu" in shown
    assert "<s>" in shown  # the value in force, struck through
    labels = [element.proto.label for element in app.get("download_button")]
    assert labels == ["Tải Excel", "Tải CSV"]

    app = press(app, f"approve-{waiting}")

    assert not app.exception
    assert "Đã duyệt báo cáo Huyện Cao Lộc, quý III/2018" in html(app)
    assert state_of(waiting) == "approved"


def test_returning_takes_a_reason_and_comments_on_cells(open_page: OpenPage, waiting: int) -> None:
    app = open_page("pages/approve.py")
    app = press(app, f"return-{waiting}")
    assert "Ghi lý do" in html(app)
    assert state_of(waiting) == "submitted"

    app.text_input[0].set_value("Sai kỳ")
    app.text_area[0].set_value("g19 = So lại với kho bạc")
    app = press(app, f"return-{waiting}")

    assert "Đã trả lại" in html(app)
    receipts = html(open_page("pages/submit.py", don_vi="183", ky="2018-Q3"))
    assert "Lý do: Sai kỳ" in receipts and "So lại với kho bạc" in receipts


def test_who_comes_too_late_is_told(open_page: OpenPage, waiting: int) -> None:
    app, slow = open_page("pages/approve.py"), open_page("pages/approve.py")
    press(app, f"approve-{waiting}")

    slow = press(slow, f"approve-{waiting}")

    assert "đã được xử lý trước đó" in html(slow)


def test_a_sender_withdraws_with_a_reason(open_page: OpenPage, database: Path) -> None:
    app = open_page("pages/submit.py", don_vi="183", ky="2018-Q3")
    with bootstrap.session_factory()() as session:
        last = submissions.latest(session, "183", "2018-Q3", standing=True)
    assert last is not None
    assert f"Thu hồi bản v{last.revision}?" in html(app)

    app.text_input[0].set_value("nhầm tệp")
    app = press(app, f"withdraw-{last.id}")

    assert not app.exception
    assert f"Đã thu hồi bản v{last.revision}" in html(app)
    assert "Lý do: nhầm tệp" in html(app)
    assert state_of(last.id) == "withdrawn"
