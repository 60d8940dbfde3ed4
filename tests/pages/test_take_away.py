"""Tables that leave a screen: a file of made-up data says so, a real one does not."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from pages import startup, take_away
from reports.export import Table

TABLE = Table("Chỉ tiêu", [("Kỳ", "9 tháng 2018")], ["Đơn vị"], [["Cao Lộc"]])


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

    take_away.buttons([TABLE], "bang", "vi")

    assert ("inh họa" in offered["bang.csv"]) is demo
    assert list(offered) == ["bang.xlsx", "bang.csv"]
