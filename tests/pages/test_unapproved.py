"""What nobody has decided on yet: shown where a reader asks for it, and marked everywhere."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner
from openpyxl import load_workbook
from streamlit.testing.v1 import AppTest

import bootstrap
import manage
from kpi.explanations import Answers
from kpi.periods import Period
from reports.slices import judged
from workflow.actors import LOCAL_APPROVER, LOCAL_USER
from workflow.decisions import approve
from workflow.submissions import submit

OpenPage = Callable[..., AppTest]
ROOT = Path(__file__).parent.parent.parent
MARK = "số chưa duyệt"


@pytest.fixture(autouse=True)
def alone(database: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KPI_SIGN_IN", "off")
    bootstrap.forget()


def corrected(sample: str, value: float) -> bytes:
    """A sample of Cao Lộc with another budget revenue."""
    book = load_workbook(ROOT / "data/samples" / sample)
    sheet = book.worksheets[0]
    row = next(row for row in sheet.iter_rows() if any(c.value == "budget_revenue" for c in row))
    next(
        cell for cell in row if isinstance(cell.value, int | float) and cell.column == 7
    ).value = value
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def send(data: bytes) -> int:
    """Send it as a form that a person approves."""
    manual = replace(bootstrap.definitions(), approval={"A": "manual", "B": "manual"})
    receipt = submit(
        bootstrap.session_factory(), LOCAL_USER, data, "sửa.xlsx", at=bootstrap.now(),
        definitions=manual, org_units=bootstrap.org_units(), answers=Answers("đã đối chiếu"),
    )  # fmt: skip
    return receipt.submission


def html(app: AppTest) -> str:
    return " ".join(element.proto.body for element in app.get("html"))


def test_leadership_sees_approved_figures_until_it_asks_for_the_rest(open_page: OpenPage) -> None:
    send(corrected("2018/CaoLoc_Q3_2018.xlsx", 290.5))
    page = "pages/indicator.py"

    approved = html(open_page(page, ma="budget_revenue", don_vi="183", ky="2018-Q3"))
    assert "290,5" not in approved and "Kể cả số chưa duyệt (1)" in approved

    asked = {"ma": "budget_revenue", "don_vi": "183", "ky": "2018-Q3", "chua_duyet": "1"}
    every = html(open_page(page, **asked))
    assert "290,5" in every and f"tỷ đồng · {MARK}" in every
    assert "Đang xem cả số chưa duyệt" in every and "Chỉ xem số đã duyệt" in every


def test_every_row_that_rests_on_it_is_marked_and_no_other(open_page: OpenPage) -> None:
    send(corrected("2018/CaoLoc_Q3_2018.xlsx", 290.5))
    app = open_page("pages/district.py", don_vi="183", ky="2018-Q3", chua_duyet="1")

    assert '<td class="va pend" title="số chưa duyệt">' in html(app)
    other = html(open_page("pages/district.py", don_vi="184", ky="2018-Q3", chua_duyet="1"))
    assert '<td class="va pend"' not in other


def test_the_command_line_gives_the_rest_on_request_and_marks_it(database: Path) -> None:
    send(corrected("2018/CaoLoc_Q3_2018.xlsx", 290.5))
    asked = ["assess", "--period", "2018-Q3", "--org-unit", "183", "--indicator", "budget_revenue"]

    def run(*more: str) -> str:
        result = CliRunner().invoke(manage.cli, [*asked, *more])
        assert result.exit_code == 0
        return result.stdout

    assert "290,5" not in run() and MARK not in run()
    assert f"290,5 tỷ đồng → Đúng tiến độ ({MARK})" in run("--including-unapproved")
    (approved,) = json.loads(run("--json"))
    (every,) = json.loads(run("--json", "--including-unapproved"))
    assert (every["value"], every["approved"]) == ("290.5", False)
    assert every["explanation"]["inputs"]["previous"]["approved"] is True
    assert approved["value"] != "290.5" and "approved" not in approved


def test_with_nothing_waiting_there_is_nothing_to_switch(open_page: OpenPage) -> None:
    assert "chưa duyệt" not in html(open_page())


def test_a_correction_of_last_year_moves_no_status_of_this_one(database: Path) -> None:
    def look() -> tuple[object, ...]:
        with bootstrap.session_factory()() as session:
            year = bootstrap.plan_years(session).at(Period(2018, 3))
            (found,) = judged(
                session, year.definitions, bootstrap.org_units(), period=Period(2018, 3),
                units=["183"], indicators=["budget_revenue"], today=bootstrap.today(),
                history_fixed_at=year.history_fixed_at, as_of=None,
            )  # fmt: skip
        return found.status, found.expected, found.previous_value

    status, expected, previous = look()
    number = send(corrected("2017/CaoLoc_Q3_2017.xlsx", 300))
    approve(
        bootstrap.session_factory(), LOCAL_APPROVER, number, at=bootstrap.now(),
        definitions=bootstrap.plan_years(), org_units=bootstrap.org_units(),
    )  # fmt: skip

    assert look()[:2] == (status, expected)
    assert look()[2] == 300 != previous
