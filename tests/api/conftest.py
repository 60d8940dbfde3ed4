"""The API without a server, on a database with the reports of two quarters.

They are taken in once per run of the tests, the way a first start does it; every test gets
a copy of its own and the tokens it may show.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml
from starlette.applications import Starlette
from starlette.testclient import TestClient

import api
import bootstrap
from api.rate import Rate
from kpi.inquiries import Question
from kpi.judgement import Status
from kpi.milestones import State, Word
from kpi.periods import Period
from store import api_tokens
from workflow import inquiries
from workflow.accounts import make_token, revoke_token
from workflow.actors import LOCAL_APPROVER, LOCAL_USER
from workflow.evidence import Brought, Enclosed
from workflow.milestones import record

QUARTERS = {"2017-Q3", "2018-Q3"}
LIMITED = ("183", "184")
ASKED_ON = datetime(2018, 10, 11, 2, tzinfo=UTC)
PNG = b"\x89PNG\r\n\x1a\n"

Get = Callable[..., Any]


@pytest.fixture(scope="session")
def two_quarters(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder whose manifest names the samples of two quarters."""
    folder = tmp_path_factory.mktemp("api_data")
    shutil.copy(root / "data" / "org_units.yaml", folder)
    shutil.copytree(root / "data" / "targets", folder / "targets")
    samples = root / "data" / "samples"
    manifest = yaml.safe_load((samples / "manifest.yaml").read_text(encoding="utf-8"))
    chosen = [entry for entry in manifest if entry["period"] in QUARTERS]
    for entry in chosen:
        target = folder / "samples" / entry["file"]
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(samples / entry["file"], target)
    (folder / "samples" / "manifest.yaml").write_text(yaml.safe_dump(chosen), encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def taken_in(two_quarters: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database as a first start leaves it."""
    file = tmp_path_factory.mktemp("api") / "kpi.sqlite"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KPI_DATABASE_URL", f"sqlite:///{file}")
        patch.setenv("KPI_DATA", str(two_quarters))
        bootstrap.forget()
        bootstrap.ready()
        _urge()
        bootstrap.forget()
    return file


def _urge() -> None:
    """A word on a commitment, and one more question, with a file in its answer."""
    factory, at = bootstrap.session_factory(), ASKED_ON + timedelta(days=2)
    of_both: dict[str, Any] = {
        "definitions": bootstrap.plan_years(),
        "org_units": bootstrap.org_units(),
    }
    asked = Question(
        "budget_revenue", "184", Period(2018, 3), "Vì sao?", ASKED_ON.date(), Status.AT_RISK
    )  # fmt: skip
    number = inquiries.ask(factory, LOCAL_APPROVER, asked, at=ASKED_ON, **of_both)
    brought = Enclosed((Brought("Nguyễn Văn A.png", PNG),), 1)
    inquiries.answer(factory, LOCAL_USER, number, "Thu chậm", at=at, enclosed=brought, **of_both)
    commitment = sorted(bootstrap.definitions().commitments)[0]
    word = Word(commitment, State.IN_PROGRESS, 40, ASKED_ON.date(), "Kế hoạch 5")
    record(factory, LOCAL_USER, bootstrap.definitions(), word, at=at)


@pytest.fixture
def database(
    taken_in: Path, two_quarters: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Path]:
    """A copy for one test; nobody reads it without a token."""
    file = tmp_path / "kpi.sqlite"
    shutil.copy(taken_in, file)
    monkeypatch.setenv("KPI_DATABASE_URL", f"sqlite:///{file}")
    monkeypatch.setenv("KPI_DATA", str(two_quarters))
    monkeypatch.setenv("KPI_PUBLIC_READING", "off")
    monkeypatch.setenv("KPI_LANGUAGE", "en")
    bootstrap.forget()
    yield file
    bootstrap.forget()


@pytest.fixture
def tokens(database: Path) -> Mapping[str, str]:
    """Secrets by what is the matter with them."""
    factory, now = bootstrap.session_factory(), bootstrap.now()
    day = timedelta(days=1)
    made = {
        "good": make_token(factory, LOCAL_USER, "kho dữ liệu", at=now),
        "limited": make_token(factory, LOCAL_USER, "hai huyện", LIMITED, at=now),
        "expired": make_token(factory, LOCAL_USER, "cũ", at=now - 2 * day, lasts=day),
        "revoked": make_token(factory, LOCAL_USER, "thu hồi", at=now),
    }
    with factory() as session:
        number = next(one.id for one in api_tokens.listed(session) if one.name == "thu hồi")
    revoke_token(factory, LOCAL_USER, number, at=now)
    return {**made, "wrong": "khong-phai-ma"}


@pytest.fixture
def client(database: Path) -> TestClient:
    """The API alone, with room for as many questions as a test may have."""
    return TestClient(
        Starlette(routes=api.routes(Rate(100_000))), raise_server_exceptions=False
    )  # fmt: skip


@pytest.fixture
def get(client: TestClient, tokens: Mapping[str, str]) -> Get:
    """``get("targets", year=2018)``: the response to the good token, or to another."""

    def ask(path: str, token: str | None = "good", accept: str = "*/*", **query: Any) -> Any:
        headers = {"Accept": accept}
        if token is not None:
            headers["Authorization"] = f"Bearer {tokens[token]}"
        return client.get(f"/api/v1/{path}", params=query or None, headers=headers)

    return ask


@pytest.fixture
def everything(get: Get) -> Callable[..., list[Any]]:
    """All rows of a resource, page after page."""

    def read(path: str, **query: Any) -> list[Any]:
        rows: list[Any] = []
        following = ""
        while following is not None:
            response = get(path, **query) if not following else get(f"{path}{following}")
            assert response.status_code == 200, response.text
            rows += response.json()["data"]
            following = response.json()["next"]
        return rows

    return read
