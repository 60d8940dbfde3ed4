"""What was known on a day, what changed since, and targets revised within the year."""

from collections.abc import Callable
from typing import Any

import pytest
from click.testing import Result

Run = Callable[..., Result]
Document = Callable[..., Any]
DECIDED = ("--decision", "QĐ 1", "--on", "2018-07-20")
CAO_LOC = ("--period", "2018-Q3", "--org-unit", "183", "--indicator", "budget_revenue")


pytestmark = pytest.mark.usefixtures("demo")


def test_an_assessment_as_of_a_day(document: Document) -> None:
    (now,) = document("assess", *CAO_LOC)
    (before,) = document("assess", *CAO_LOC, "--as-of", "2018-09-30")
    (then,) = document("assess", *CAO_LOC, "--as-of", "2018-12-31")

    assert before["value"] is None and before["status"] == "not_due"
    assert before["target"] == now["target"]
    assert (then["value"], then["status"]) == (now["value"], now["status"])


def test_vintages_and_changes_name_their_cells(run: Run, document: Document) -> None:
    (newest, *_older) = document(
        "vintages", "--indicator", "budget_revenue", "--period", "2018-Q3", "--org-unit", "183"
    )[::-1]
    assert newest["superseded"] is False
    assert newest["cell"] and newest["status"] in "AEP"

    changed = document("changes", "--since", "2018-09-30")
    assert changed and all(one["by"] == "automatic" for one in changed)
    assert document("changes", "--since", "2030-01-01") == []
    assert "Số mới: " in run("changes", "--since", "2018-09-30").stdout


def test_a_target_revised_in_the_year_keeps_its_history(run: Run, document: Document) -> None:
    said = run(
        "target", "set", "road_hardening_rate", "--value", "79.5",
        "--decision", "Quyết định 1500/QĐ-UBND ngày 20/7/2018", "--on", "2018-07-20",
    )  # fmt: skip
    assert said.exit_code == 0

    old, new = document("target", "list", "road_hardening_rate")
    assert (old["replaced_on"], new["in_force_from"]) == ("2018-07-20", "2018-07-20")
    assert new["document"].startswith("Quyết định 1500")

    def low(period: str, *options: str) -> Any:
        chosen = ("--org-unit", "20", "--indicator", "road_hardening_rate")
        (found,) = document("assess", "--period", period, *chosen, *options)
        return found["target"]["value"]

    assert low("2018-Q3") == "79.5"
    assert low("2018-Q2") == old["low"]
    assert low("2018-Q3", "--as-of", "2018-12-31") == old["low"]  # not recorded by then
    assert run("verify").exit_code == 0


@pytest.mark.parametrize(
    "arguments",
    [
        ["target", "set", "road_hardening_rate", "--low", "1", *DECIDED],
        ["target", "set", "road_hardening_rate", "--value", "nhiều", *DECIDED],
        ["target", "set", "nothing", "--value", "1", *DECIDED],
        ["changes", "--since", "hôm qua"],
        ["vintages", "--indicator", "budget_revenue", "--period", "Q3"],
    ],
)
def test_wrong_usage_is_exit_2(run: Run, arguments: list[str]) -> None:
    assert run(*arguments).exit_code == 2
