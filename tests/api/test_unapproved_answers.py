"""What nobody has decided on yet: told to who asks for it, each figure with its approval."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from typing import Any

import pytest
from click.testing import CliRunner
from sqlalchemy import update

import bootstrap
import manage
from store import observations as kept
from store import submissions
from store.engine import Session, writing
from store.schema import submission
from tests.api.test_formats import SDMX

Get = Callable[..., Any]
Everything = Callable[..., list[Any]]
ASKED = {"org_unit": ["183", "184"], "period": ["2018-Q3"]}


@pytest.fixture
def before(everything: Everything) -> list[Any]:
    """The figures of two districts; then one of the two reports waits for a decision again."""
    found = everything("observations", **ASKED)

    def take_back(session: Session) -> None:
        newest = submissions.listed(session, reporter="183")[0]
        session.execute(
            update(submission)
            .where(submission.c.id == newest.id)
            .values(state=submissions.SUBMITTED, decided_at=None, decided_by=None)
        )
        kept.take_out_of_force(session, newest.id)

    writing(bootstrap.session_factory(), take_back)
    return found


def of_report(rows: list[Any]) -> set[str]:
    return {row["source"]["reporter"] for row in rows}


@pytest.mark.parametrize("limit", [3, 1000])
@pytest.mark.parametrize("more", [{}, {"vintages": "true"}, {"as_of": "today"}])
def test_what_waits_stands_among_the_rest_page_after_page(
    everything: Everything, before: list[Any], limit: int, more: dict[str, str]
) -> None:
    query = {**ASKED, **{k: v.replace("today", f"{bootstrap.today()}") for k, v in more.items()}}
    rows = everything("observations", unapproved="true", limit=limit, **query)

    assert [{**row, "approved": None} for row in rows] == [
        {**row, "approved": None} for row in before
    ]
    for row in rows:
        assert row["approved"] is (row["source"]["reporter"] != "183")
    unasked = everything("observations", **query)
    assert "183" not in of_report(unasked) and not any("approved" in row for row in unasked)


def test_a_token_of_other_units_is_told_nothing_of_it(get: Get, before: list[Any]) -> None:
    rows = get("observations", token="limited", unapproved="true", limit=1000).json()["data"]

    assert {row["org_unit"] for row in rows} <= {"183", "184"}
    assert {row["org_unit"] for row in rows if not row["approved"]} == {"183"}
    assert get("observations", token=None, unapproved="true").status_code == 401


def test_it_is_judged_as_the_command_line_judges_it(
    everything: Everything, before: list[Any]
) -> None:
    told = everything("assessments", period="2018-Q3", unapproved="true", limit=1000)
    printed = CliRunner().invoke(
        manage.cli, ["assess", "--period", "2018-Q3", "--including-unapproved", "--json"]
    )
    by_key = {(one["indicator"], one["org_unit"]): one for one in told}

    assert by_key == {
        (one["indicator"], one["org_unit"]): one for one in json.loads(printed.stdout)
    }
    assert by_key["budget_revenue", "183"]["approved"] is False
    assert by_key["budget_revenue", "184"]["approved"] is True
    whole = by_key["road_hardening_rate", "20"]
    assert whole["approved"] is False
    parts = whole["explanation"]["inputs"]["value"]["parts"]
    assert {one["org_unit"] for one in parts if not one["approved"]} == {"183"}


def test_a_table_says_it_in_a_column_and_sdmx_has_no_word_for_it(
    get: Get, before: list[Any]
) -> None:
    text = get("observations", accept="text/csv", unapproved="true", **ASKED).text
    rows = list(csv.DictReader(io.StringIO(text)))

    assert {(row["reporter"], row["approved"]) for row in rows if row["reporter"] == "183"} == {
        ("183", "false")
    }
    assert "approved" not in get("observations", accept="text/csv", **ASKED).text
    assert get("observations", accept=SDMX, unapproved="true").status_code == 406
