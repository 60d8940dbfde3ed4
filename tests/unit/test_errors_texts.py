"""Every refusal and every error of ours has a sentence in both languages."""

import pytest

from kpi.calendar import Closed
from kpi.findings import DefinitionsError, Finding, KpiError, NotAllowed, UnreadableWorkbook
from kpi.permissions import Refusal
from texts import LANGUAGES
from texts.errors import error_sentence

REASONS = [*Refusal, *Closed, "already_decided", "has_reports", "no_decision", "no_reason"]
FACTS = {"subject": "183", "state": "approved", "period": "2018-Q3", "day": "2018-10-16"}


class Busy(KpiError):
    code = "store_busy"


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("reason", REASONS)
def test_every_refusal_has_a_sentence(reason: str, lang: str) -> None:
    assert len(error_sentence(NotAllowed(reason, **FACTS), lang)) > 20


def test_day_and_period_of_a_refusal_are_as_its_reader_writes_them() -> None:
    refusal = NotAllowed("period_locked", **FACTS)

    assert "quý III/2018 đã khóa ngày 16/10/2018" in error_sentence(refusal, "vi")
    assert error_sentence(refusal, "en").startswith("Q3 2018 was locked on 16 Oct 2018")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_an_error_of_the_store_says_that_nothing_was_changed(lang: str) -> None:
    said = error_sentence(Busy("database is locked"), lang)

    assert "database is locked" in said
    assert ("chưa có gì thay đổi" if lang == "vi" else "nothing was changed") in said


def test_all_mistakes_in_the_definitions_are_in_the_sentence() -> None:
    said = error_sentence(DefinitionsError(["a.yaml:1 x", "a.yaml:2 y"]), "vi")

    assert said.endswith("a.yaml:1 x\na.yaml:2 y")


def test_a_refused_file_says_each_finding() -> None:
    error = UnreadableWorkbook([Finding("empty_file"), Finding("lock_file")])

    assert len(error_sentence(error, "en").splitlines()) == 2


def test_an_error_without_a_code_is_still_a_sentence() -> None:
    assert "details" in error_sentence(KpiError("details"), "en")
