"""``manage.py period``: what an administrator decides holds for the next report."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

Run = Callable[..., Result]


@pytest.mark.usefixtures("in_use")
def test_lock_list_allow_and_open(
    run: Run, document: Callable[..., Any], few_samples: Path
) -> None:
    other = few_samples / "samples" / "2018" / "CaoLoc_Q3_2018.xlsx"
    assert run("period", "lock", "2018-Q3", "--reason", "chốt số").exit_code == 0

    refused = run("submit", other)
    assert (refused.exit_code, "đã khóa ngày" in refused.stderr) == (1, True)
    lines = document("period", "list")
    assert {line["state"] for line in lines if line["period"] == "2018-Q3"} == {"period_locked"}
    assert {line["state"] for line in lines if line["period"] == "2018-Q2"} == {"open"}

    allowed = run(
        "period", "allow", "183", "2018-Q3", "--until", "2999-12-31", "--reason", "mất điện"
    )
    assert "31/12/2999" in allowed.stdout
    assert run("submit", other).exit_code == 0
    assert run("period", "open", "2018-Q3").exit_code == 0
    assert "đang mở" in run("period", "list").stdout


def test_wrong_usage_is_exit_2(run: Run) -> None:
    assert run("period", "lock", "quý 3").exit_code == 2
    assert run("period", "allow", "999", "2018-Q3", "--until", "2018-10-20").exit_code == 2
