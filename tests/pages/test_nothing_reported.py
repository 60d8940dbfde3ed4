"""Real use on its first day: every screen says what is missing, when it comes, what is next."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

import bootstrap
from workflow.actors import LOCAL_USER
from workflow.installation import choose_empty

ROOT = Path(__file__).parent.parent.parent
WAY = 'class="go" href="/tinh-hinh-nop'
# By screen: what leads on from there, or says who does what first.
NEXT = {
    "overview.py": WAY,
    "indicator.py": WAY,
    "district.py": WAY,
    "sector.py": WAY,
    "standing.py": WAY,
    "honours.py": "Thư ký thi đua ghi vào sổ khi có quyết định.",
    "milestones.py": "Chưa nhiệm vụ nào được cập nhật.",
    "inquiries.py": 'class="go" href="/chi-tieu',
    "submit.py": "chưa nộp báo cáo nào.",
    "completeness.py": "Còn 11 đơn vị chưa nộp quá hạn.",
    "approve.py": WAY,
}


@pytest.fixture
def first_day(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[AppTest]:
    """The overview of an installation that nobody has reported to."""
    monkeypatch.setenv("KPI_DATABASE_URL", f"sqlite:///{tmp_path / 'kpi.sqlite'}")
    monkeypatch.setenv("KPI_SIGN_IN", "off")
    bootstrap.forget()
    st.cache_resource.clear()
    bootstrap.ready(samples=False)
    choose_empty(bootstrap.session_factory(), LOCAL_USER, at=bootstrap.now())
    yield AppTest.from_file(str(ROOT / "pages" / "navigation.py"), default_timeout=60).run()
    st.cache_resource.clear()
    bootstrap.forget()


def test_every_screen_says_what_is_next(first_day: AppTest) -> None:
    for name, said in NEXT.items():
        if name != "overview.py":
            first_day.switch_page(str(ROOT / "pages" / name)).run()
        shown = "\n".join(element.proto.body for element in first_day.get("html"))

        assert not first_day.exception, name
        assert said in shown, name
        assert "Dữ liệu minh họa" not in shown, name
