"""The handbook's chapter of findings: every one, with cause and cure, and never stale."""

from pathlib import Path

import pytest

from kpi.finding_codes import FindingCode
from reports.handbook import cause_and_cure, finding_chapter, kind_of
from texts import LANGUAGES, catalogue

CHAPTER = Path(__file__).parent.parent.parent / "docs" / "so-tay" / "tra-cuu.md"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_finding_is_there_once(lang: str) -> None:
    chapter = finding_chapter(lang)
    keys = [key.removeprefix("finding.") for key in catalogue(lang) if key.startswith("finding.")]
    assert keys
    for key in keys:
        assert chapter.count(f"| `{key}` |") == 1, key
    for code in FindingCode:
        assert f"| `{code}" in chapter, code
    assert "{" not in chapter


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_finding_says_what_to_do(lang: str) -> None:
    for key, sentence in catalogue(lang).items():
        if key.startswith("finding."):
            cause, cure = cause_and_cure(sentence, lang)
            assert cause, key
            assert cure, key


def test_the_chapter_in_the_docs_is_the_one_of_today() -> None:
    """Anew: ``python manage.py handbook -o docs/so-tay/tra-cuu.md``."""
    assert CHAPTER.read_text(encoding="utf-8") == finding_chapter("vi")


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("lock_file", "file"), ("other_format", "file"), ("wrong_version", "file"),
        ("left_blank_kept", "row"), ("row_without_code", "row"),
        ("date_cell", "number"), ("outside_limits_below", "number"),
        ("text_number", "reading"), ("scaled_format", "reading"),
        ("outlier_history_points", "doubt"), ("older_file_again", "doubt"),
        ("layout_row_unread", "table"), ("plan_twice", "plan"),
    ],
)  # fmt: skip
def test_what_a_finding_is_about(code: str, kind: str) -> None:
    assert kind_of(code) == kind
