"""Tables that leave a screen: a file of made-up data says so, a real one does not."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

import bootstrap
from pages import startup, take_away
from reports.export import Table
from store import submissions

TABLE = Table("Chỉ tiêu", [("Kỳ", "9 tháng 2018")], ["Đơn vị"], [["Cao Lộc"]], "Số liệu")


@pytest.fixture
def offered(monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """What the buttons would hand over, by file name, as text."""
    files: dict[str, str] = {}

    def button(_label, data, name, **_rest) -> None:
        files[name] = data().decode("utf-8-sig", errors="replace")

    monkeypatch.setattr(take_away.st, "download_button", button)
    return files


@pytest.mark.parametrize("demo", [True, False])
def test_made_up_data_are_marked_in_the_file(demo, offered, monkeypatch):
    monkeypatch.setattr(startup, "preparation", lambda: SimpleNamespace(demo=demo))

    take_away.buttons(lambda: [TABLE], "bang", "vi")

    assert ("inh họa" in offered["bang.csv"]) is demo
    assert list(offered) == ["bang.xlsx", "bang.csv"]


def offered_by(app) -> set[str]:
    """The labels of the buttons to take something away."""
    return {element.proto.label for element in app.get("download_button")}


@pytest.mark.parametrize(
    ("page", "query"),
    [
        (None, {}),
        ("pages/indicator.py", {"ma": "budget_revenue"}),
        ("pages/district.py", {"don_vi": "183"}),
        ("pages/sector.py", {"linh_vuc": "structure"}),
        ("pages/changes.py", {"ngay": "2018-09-01"}),
    ],
)
def test_every_screen_with_a_table_offers_it_as_excel_and_csv(open_page, page, query):
    app = open_page(page, **query)

    assert not app.exception
    assert {"Tải Excel", "Tải CSV"} <= offered_by(app)


def test_the_rows_of_a_workbook_are_offered_beside_the_workbook(open_page):
    with bootstrap.session_factory()() as session:
        number = submissions.listed(session, reporter="183", period="2018-Q3")[-1].id

    app = open_page("pages/source.py", ban=str(number), o="Quý III-2018!G19")

    assert {"Tải Excel", "Tải CSV"} < offered_by(app)
