"""The server's log: one line an event, and no secret, whatever goes wrong."""

from __future__ import annotations

import json
import logging
import subprocess
import sys
import threading
from pathlib import Path

import pytest

import bootstrap
from bench.serving import serve
from pages import logs
from tests.pages.raw_browser import browser, look

ROOT = Path(__file__).parent.parent.parent
SECRET = "mat-khau-rat-bi-mat"


def written(record: logging.LogRecord, secrets: tuple[str, ...] = ()) -> str:
    return logs.formatter(secrets).format(record)


def record(message: str, **extra: object) -> logging.LogRecord:
    return logging.getLogger("kpi.test").makeRecord(
        "kpi.test", logging.INFO, __file__, 1, message, (), None, extra=extra
    )


@pytest.mark.parametrize(
    "name",
    ['a\n{"event": "approved"}', "a\r\nb", "a\x1b[31mđỏ", "a\u2028b", "a\x00b"],
)
def test_what_comes_from_outside_begins_no_line_of_its_own(name: str) -> None:
    line = written(record(f"refused {name}", actor=name))
    assert len(line.splitlines()) == 1
    assert not any(ord(c) < 32 for c in line)
    assert json.loads(line)["actor"] == name


def test_what_a_library_says_is_a_line_of_the_same_kind(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Python writes as it stands what nobody has asked for, a stranger's words included."""
    last, own = logging.lastResort, logging.getLogger(logs.NAME)
    assert last is not None
    for kept, name in ((last, "formatter"), (own, "propagate"), (own, "level"),
                       (threading, "excepthook")):  # fmt: skip
        monkeypatch.setattr(kept, name, getattr(kept, name))
    monkeypatch.setattr(own, "handlers", [])
    monkeypatch.setattr(logs, "_streamlits", list)
    logs.set_up()
    last.handle(record("unexpected 'a\nb'"))
    assert json.loads(capsys.readouterr().err)["event"] == "unexpected 'a\nb'"


def test_an_event_says_when_where_and_what() -> None:
    event = json.loads(written(record("refused", act="period.lock")))
    assert (event["event"], event["act"], event["logger"]) == ("refused", "period.lock", "kpi.test")
    assert event["level"] == "info"
    assert event["timestamp"].endswith("Z")


def test_a_trace_is_one_line_without_the_secret() -> None:
    try:
        raise ValueError(f"postgresql://kpi:{SECRET}@db/kpi")
    except ValueError as error:
        one = logging.getLogger("kpi").makeRecord(
            "kpi", logging.ERROR, __file__, 1, "failed", (), (ValueError, error, None)
        )
    line = written(one, (SECRET,))
    assert "\n" not in line
    assert "ValueError" in line
    assert SECRET not in line


def test_a_screen_that_broke_is_told_of_once_with_the_number_its_reader_was_shown() -> None:
    breaks = (
        "from streamlit.error_util import handle_user_script_exception as broken\n"
        "from pages import logs\n"
        "def apologise(error):\n"
        "    logs.failure('screen', error, '7f3a')\n"
        "    return True\n"
        "logs.set_up()\n"
        "broken(ValueError('gãy'), apologise)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", breaks], cwd=ROOT, capture_output=True, text=True, check=True
    )

    (line,) = [line for line in done.stderr.splitlines() if "gãy" in line]
    event = json.loads(line)
    assert (event["logger"], event["number"]) == ("kpi.screen", "7f3a")
    assert event["exception"] == "ValueError: gãy"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("KPI_DATABASE_URL", f"postgresql+psycopg://kpi:{SECRET}@127.0.0.1:9/kpi"),
        ("KPI_DATABASE_URL", f"oracle://kpi:{SECRET}@127.0.0.1:9/kpi"),
    ],
)
def test_a_server_without_its_database_tells_nobody_the_password(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)
    monkeypatch.setenv("KPI_OIDC_CLIENT_SECRET", SECRET)
    with serve(tmp_path / "log", sign_in=True) as server:
        with browser(server.url) as somebody:
            seen = somebody.open("")
        page = look(f"{server.url}/dang-nhap")[2]
    log = (tmp_path / "log").read_text(encoding="utf-8")
    assert '"logger": "kpi.' in log  # it did fail, and said so
    for text in (log, page, *seen.texts):
        assert SECRET not in text


def test_the_settings_know_their_secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KPI_DATABASE_URL", "postgresql://kpi:m%40t%20kh%E1%BA%A9u@db/kpi")
    monkeypatch.setenv("KPI_OIDC_ISSUER", "https://sso.example")
    monkeypatch.setenv("KPI_OIDC_CLIENT_ID", "kpi")
    monkeypatch.setenv("KPI_OIDC_CLIENT_SECRET", SECRET)
    bootstrap.forget()
    assert set(bootstrap.settings().secrets) == {"m%40t%20kh%E1%BA%A9u", "m@t khẩu", SECRET}
    monkeypatch.undo()
    bootstrap.forget()
