"""The screens without a browser, on a database with the sample reports.

The samples are taken in once per run of the tests, the way a first start does it; every
test gets a copy of its own, so that one that submits does not disturb the others.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

import bootstrap

ROOT = Path(__file__).parent.parent.parent
NAVIGATION = ROOT / "pages" / "navigation.py"
_SECONDS = 60  # a screen takes a tenth of one; a busy machine may not


@pytest.fixture
def database(filled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A copy of the filled database that the app will use."""
    file = tmp_path / "kpi.sqlite"
    shutil.copy(filled, file)
    monkeypatch.setenv("KPI_DATABASE_URL", f"sqlite:///{file}")
    monkeypatch.setenv("KPI_SIGN_IN", "off")
    bootstrap.forget()
    before = version()
    yield file
    if version() != before:
        # a process serves one database: what is judged is kept by the number of changes,
        # which another test's copy may reach with other changes
        st.cache_resource.clear()
    bootstrap.forget()


def version() -> int:
    """How often the data of the database in the settings were changed."""
    with bootstrap.session_factory()() as session:
        return bootstrap.data_version(session)


@pytest.fixture
def open_page(database: Path) -> Callable[..., AppTest]:
    """``open_page("pages/indicator.py", ma="grdp_growth")``; without a page: the overview."""

    def run(page: str | None = None, **query: str) -> AppTest:
        app = AppTest.from_file(str(NAVIGATION), default_timeout=_SECONDS)
        if page is not None:
            # AppTest knows a screen's address only once the navigation has run
            app.run()
            app.switch_page(str(ROOT / page))
        for name, value in query.items():
            app.query_params[name.replace("_", "-")] = value
        app.run()
        return app

    return run
