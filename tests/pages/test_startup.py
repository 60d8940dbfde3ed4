"""Every session learns how getting ready went; after a failure the next one tries again."""

from collections.abc import Callable

import pytest

import bootstrap
from pages.startup import Preparation
from store.engine import StoreUnavailable
from workflow.preparation import State


def unreachable(_progress: Callable[[float, str], None]) -> State:
    raise StoreUnavailable("no such server")


def found(_progress: Callable[[float, str], None]) -> State:
    return State(demo=True, data_version=1)


@pytest.fixture(autouse=True)
def nobody_comes_in(monkeypatch: pytest.MonkeyPatch) -> None:
    """There is no database to make accounts in."""
    monkeypatch.setattr(bootstrap, "welcome", lambda _demo: None)


def test_before_its_end_it_is_neither_ready_nor_failed() -> None:
    preparation = Preparation()

    assert not preparation.is_ready
    assert not preparation.failed
    assert not preparation.wait(0)


def test_what_ended_it_early_is_known_to_every_session(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bootstrap, "ready", unreachable)
    preparation = Preparation()

    with pytest.raises(StoreUnavailable):
        preparation.run(None)

    assert preparation.wait(0)
    assert preparation.failed and not preparation.is_ready


def test_a_warm_up_that_fails_counts_as_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bootstrap, "ready", found)
    preparation = Preparation()

    def broken() -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        preparation.run(broken)

    assert preparation.failed


def test_when_all_went_well_it_is_ready(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bootstrap, "ready", found)
    preparation = Preparation()
    warmed: list[bool] = []

    preparation.run(lambda: warmed.append(True))

    assert preparation.is_ready and preparation.demo and warmed == [True]
    assert not preparation.failed
