"""A first start takes in the samples; a kill, a second process or a second call do no harm."""

import signal
import subprocess
import sys
import time
from collections import Counter
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

import bootstrap
from kpi.definitions import Definitions
from kpi.findings import NotAllowed
from store import audit, lookups, settings, submissions, targets
from store.lock import try_lock
from tests.acceptance.conftest import Installation
from workflow.actors import LOCAL_USER
from workflow.installation import choose_demo, choose_empty, samples_in


def samples() -> int:
    return len(samples_in(bootstrap.settings().samples))


def number_stored() -> int:
    with bootstrap.session_factory()() as session:
        assert list(audit.faults(session)) == []
        listed = submissions.listed(session)
        assert max(Counter(one.file_digest for one in listed).values(), default=0) <= 1
        return len(listed)


def script(root: Path, environment: dict[str, str], code: str) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-c", code],
        cwd=root,
        env={**environment, "PATH": "", "PYTHONUTF8": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_settings_have_defaults_that_work_without_any(root: Path) -> None:
    found = bootstrap.Settings.from_environment({})

    assert found.database_url == f"sqlite:///{root.as_posix()}/data/kpi.sqlite"
    assert found.language == "vi"
    assert found.definitions.exists() and found.org_units.exists() and found.targets


def test_a_setting_is_taken_from_the_environment() -> None:
    found = bootstrap.Settings.from_environment({"KPI_LANGUAGE": "en", "KPI_DATA": "/srv/kpi"})

    assert found.language == "en"
    assert found.samples == Path("/srv/kpi/samples")


def test_a_language_we_do_not_have_is_vietnamese() -> None:
    assert bootstrap.Settings.from_environment({"KPI_LANGUAGE": "fr"}).language == "vi"


def test_the_day_is_the_provinces_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bootstrap, "now", lambda: datetime(2018, 12, 31, 18, 0, tzinfo=UTC))

    assert bootstrap.today() == date(2019, 1, 1)


def test_a_first_start_makes_the_demonstration(
    installation: Installation, definitions: Definitions
) -> None:
    told: list[tuple[float, str]] = []

    state = bootstrap.ready(lambda part, said: told.append((part, said)))

    assert state.demo
    assert number_stored() == samples() > 3
    assert told[0] == (0.0, f"Đã nhận 0/{samples()} tệp báo cáo mẫu")
    assert told[-1][0] == 1.0
    with bootstrap.session_factory()() as session:
        known = lookups.known(session)["budget_revenue", "183", "2018-Q3"]
        assert len(targets.in_force(session, 2018, bootstrap.today())) > len(definitions.targets)
        assert {s.submitted_by for s in submissions.listed(session)} == {"samples"}
    assert known.source is not None
    assert known.source.received_at.year == 2018  # the manifest's moment, not today's


def test_a_second_call_does_nothing_and_is_quick(installation: Installation) -> None:
    first = bootstrap.ready()

    start = time.process_time()
    second = bootstrap.ready()

    assert time.process_time() - start < 0.1
    assert second == first


def test_a_killed_start_goes_on_where_it_stopped(
    installation: Installation, environment: dict[str, str], root: Path
) -> None:
    code = (
        "import os, signal, bootstrap\n"
        "def kill(part, said):\n"
        "    if part >= 0.4: os.kill(os.getpid(), signal.SIGKILL)\n"
        "bootstrap.ready(kill)\n"
    )
    killed = script(root, environment, code)
    killed.communicate()
    assert killed.returncode == -signal.SIGKILL
    stored = number_stored()
    assert 0 < stored < samples()

    assert bootstrap.ready().demo
    assert number_stored() == samples()


def test_two_processes_at_once_take_in_each_sample_once(
    installation: Installation, environment: dict[str, str], root: Path
) -> None:
    started = [script(root, environment, "import bootstrap; bootstrap.ready()") for _ in "ab"]

    for process in started:
        _, errors = process.communicate()
        assert (process.returncode, errors) == (0, "")
    assert number_stored() == samples()


def test_who_waits_for_another_process_is_told_how_far_it_is(
    installation: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    bootstrap.ready(samples=False)
    told: list[float] = []
    holder = try_lock(bootstrap.engine())
    assert holder.__enter__()

    def told_once(part: float, said: str) -> None:
        if not told:
            holder.__exit__(None, None, None)
        told.append(part)

    assert bootstrap.ready(told_once).demo
    assert told[0] == 0.0


def test_changed_targets_are_laid_down_at_the_next_start(
    installation: Installation, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, few_samples: Path
) -> None:
    import shutil

    bootstrap.ready(samples=False)
    data = tmp_path / "data"
    shutil.copytree(few_samples, data)
    file = data / "targets" / "2018.yaml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("{low: 21, high: 22}", "{low: 21, high: 23}"), encoding="utf-8")
    monkeypatch.setenv("KPI_DATA", str(data))
    bootstrap.forget()

    bootstrap.ready(samples=False)

    with bootstrap.session_factory()() as session:
        history = targets.history(session, "growth_industry", "183", 2018)
    assert [str(one.target.edges.high) for one in history] == ["22", "23"]
    assert history[0].replaced_on == bootstrap.today()


def test_an_installation_for_real_use_never_takes_in_samples(installation: Installation) -> None:
    bootstrap.ready(samples=False)
    choose_empty(bootstrap.session_factory(), LOCAL_USER, at=bootstrap.now())

    state = bootstrap.ready()

    assert not state.demo
    assert number_stored() == 0


def test_samples_and_real_reports_do_not_mix(installation: Installation) -> None:
    bootstrap.ready()

    with pytest.raises(NotAllowed, match="has_reports"):
        choose_empty(bootstrap.session_factory(), LOCAL_USER, at=bootstrap.now())

    with bootstrap.session_factory()() as session:
        version = settings.data_version(session)
    choose_demo(bootstrap.session_factory(), LOCAL_USER, at=bootstrap.now())  # it is one already
    assert bootstrap.ready().data_version == version


def test_a_database_that_does_not_exist_is_not_made_by_looking(installation: Installation) -> None:
    assert bootstrap.session_if_ready() is None
    assert not installation.exists()
