"""Tình hình nộp through the navigation, held against a plain count of the raw submissions."""

from __future__ import annotations

import json
import re
import sqlite3
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

import bootstrap
from kpi.periods import Period
from workflow.actors import LOCAL_USER
from workflow.periods import grant_exception

PAGE = "pages/completeness.py"
THAT_DAY = "2018-10-10"


def blocks(app) -> str:
    return "\n".join(element.proto.body for element in app.get("html"))


def document(*arguments: str) -> list[dict[str, object]]:
    import manage

    result = CliRunner().invoke(manage.cli, ["completeness", *arguments, "--json"])
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def plainly(file: Path, period: str, day: str) -> dict[str, tuple[int, str | None]]:
    """By reporter: answered figures in force and the first day, from the rows alone.

    The samples are approved on arrival and none is withdrawn, so that counting is enough.
    """
    with sqlite3.connect(file) as base:
        sent = base.execute(
            "select id, reporter, submitted_at from submission where period = ? order by revision",
            (period,),
        ).fetchall()
        found: dict[str, tuple[int, str | None]] = {}
        answers: dict[str, dict[tuple[str, str, str], bool]] = {}
        for number, reporter, at in sent:
            here = (datetime.fromisoformat(at) + timedelta(hours=7)).date().isoformat()
            if here > day:
                continue
            said = answers.setdefault(reporter, {})
            for indicator, unit, of, status in base.execute(
                "select indicator, org_unit, period, status from observation"
                " where submission_id = ?",
                (number,),
            ):
                said[indicator, unit, of] = status != "O"
            first = found.get(reporter, (0, here))[1]
            found[reporter] = sum(said.values()), first
    return found


@pytest.mark.parametrize("period", ["2018-Q1", "2018-Q2", "2018-Q3"])
def test_the_command_agrees_with_a_plain_count(database: Path, period: str) -> None:
    plain = plainly(database, period, THAT_DAY)
    found = document("--period", period, "--as-of", THAT_DAY)
    assert len(found) == 16
    for one in found:
        expected = plain.get(str(one["reporter"]), (0, None))
        assert (one["accepted"], one["first_acceptable"]) == expected, one
        assert one["expected"] in {11, 8, 1, 22, 33, 60}
        late = expected[1] is None or expected[1] > str(one["due"])
        assert one["on_time"] is not late


def test_what_came_later_was_not_known_that_day(database: Path) -> None:
    found = {o["reporter"]: o for o in document("--period", "2018-Q4", "--as-of", THAT_DAY)}
    assert {one["state"] for one in found.values()} == {"not_due"}
    assert found["183"]["on_time"] is None


def test_the_screen_shows_the_commands_figures(open_page) -> None:
    app = open_page(PAGE, ky="2018-Q3", ngay=THAT_DAY)
    assert not app.exception
    html = blocks(app)
    assert html.count("<h1") == 1
    strip = [int(number) for number in re.findall(r"</i>(\d+)</b>", html)]
    assert strip == [9, 1, 0, 1, 0]
    assert "10/11 đơn vị đã nộp, 9 đúng hạn. Còn Đình Lập chưa nộp, quá hạn 5 ngày." in html
    row = re.search(r'<tr data-reporter="181">(.*?)</tr>', html)
    assert row is not None
    assert "trễ 4 ngày" in row[1]
    assert "90,9%" in row[1]
    assert re.findall(r"<b>(\d/\d)</b>", row[1]) == ["3/4"]


def test_the_agencies_have_a_matrix_of_their_own(open_page) -> None:
    app = open_page(PAGE, ky="2018-Q3", ngay=THAT_DAY, bieu="B", lang="en")
    html = blocks(app)
    assert len(re.findall(r"<tr data-reporter", html)) == 5
    assert "all 5 units reported in time" in html


def test_an_exception_makes_a_late_report_one_in_time(database: Path, open_page) -> None:
    grant_exception(
        bootstrap.session_factory(), LOCAL_USER, "181", Period(2018, 3),
        until=date(2018, 10, 9), reason="mất điện", at=bootstrap.now(),
    )  # fmt: skip
    found = {one["reporter"]: one for one in document("--period", "2018-Q3")}
    assert found["181"]["extended"] is True
    assert found["181"]["state"] == "on_time"
    then = {o["reporter"]: o for o in document("--period", "2018-Q3", "--as-of", THAT_DAY)}
    assert then["181"]["state"] == "late"  # nobody had granted it yet
