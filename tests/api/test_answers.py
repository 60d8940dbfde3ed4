"""What is answered is what the memory and the rules say, figure for figure."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

import bootstrap
import manage
from kpi.findings import Outcome
from kpi.local_time import end_of
from kpi.observations import CellAddress, Observation, ObsStatus
from kpi.periods import Period
from reports.completeness import reports
from store import observations as kept
from store import series, submissions
from store import targets as kept_targets
from store.engine import Session, writing
from workflow.actors import LOCAL_USER
from workflow.targets import revise

Get = Callable[..., Any]
Everything = Callable[..., list[Any]]


def command(*arguments: str) -> Any:
    return json.loads(CliRunner().invoke(manage.cli, [*arguments, "--json"]).stdout)


def by_key(rows: list[Any]) -> dict[tuple[str, str], Any]:
    return {(row["indicator"], row["org_unit"]): row for row in rows}


# --- assessments


@pytest.mark.parametrize(
    "period", ["2018-Q3", "2018-Q4", "2017-Q3"]
)  # judged, not due or incomplete, before the plan year
def test_every_judgement_is_that_of_the_command_line(everything: Everything, period: str) -> None:
    told = command("assess", "--period", period)

    assert by_key(everything("assessments", period=period, limit=60)) == by_key(told)
    assert len(told) > 100


def test_a_day_of_the_past_is_judged_as_it_was_known(everything: Everything) -> None:
    day = "2018-10-06"
    told = command("assess", "--period", "2018-Q3", "--as-of", day)
    now = command("assess", "--period", "2018-Q3")

    assert by_key(everything("assessments", period="2018-Q3", as_of=day)) == by_key(told)
    assert by_key(told) != by_key(now)


def test_one_indicator_of_one_unit_is_judged_the_same_alone(
    get: Get, everything: Everything
) -> None:
    for row in everything("assessments", period="2018-Q3", org_unit="20"):
        alone = get(
            "assessments", period="2018-Q3", org_unit="20", indicator=row["indicator"]
        ).json()["data"]
        assert alone == [row]


# --- observations


def test_the_figures_in_force_come_with_their_cells(everything: Everything) -> None:
    with bootstrap.session_factory()() as session:
        frame = series.values(session)
    expected = [
        (r.indicator, r.org_unit, r.period, r.value, r.submission, r.file_digest, r.sheet, r.cell)
        for r in frame.itertuples(index=False)
    ]
    told = everything("observations", limit=400)

    assert [
        (
            row["indicator"],
            row["org_unit"],
            row["period"],
            None if row["value"] is None else Decimal(row["value"]),
            row["source"]["submission"],
            row["source"]["file_digest"],
            row["source"]["sheet"],
            row["source"]["cell"],
        )
        for row in told
    ] == expected
    assert not any(row["superseded"] for row in told)


def test_every_version_is_there_and_one_of_each_is_in_force(everything: Everything) -> None:
    every = everything("observations", vintages="true", limit=1000)
    in_force = everything("observations", limit=1000)

    assert [row for row in every if not row["superseded"]] == in_force
    assert {row["org_unit"] for row in every if row["superseded"]} == {"182"}


def test_the_versions_are_those_of_the_command_line(get: Get, everything: Everything) -> None:
    old = next(row for row in everything("observations", vintages="true") if row["superseded"])
    asked = {"indicator": old["indicator"], "org_unit": "182", "period": "2018-Q3"}
    told = get("observations", vintages="true", **asked).json()["data"]
    printed = command(
        "vintages", "--indicator", old["indicator"], "--period", "2018-Q3", "--org-unit", "182"
    )

    assert [(row["value"], row["source"]["cell"], row["superseded"]) for row in told] == [
        (row["value"], row["cell"], row["superseded"]) for row in printed
    ]
    assert len(told) == 3


def test_as_of_gives_what_was_in_force_then(everything: Everything) -> None:
    before, after = date(2018, 10, 6), bootstrap.today()
    for day in (before, after):
        with bootstrap.session_factory()() as session:
            frame = series.values(session, as_of=end_of(day))
        told = everything("observations", as_of=day.isoformat(), limit=1000)
        assert [row["source"]["submission"] for row in told] == list(frame["submission"])
    assert everything("observations", as_of="2016-01-01") == []


def test_filters_choose_and_say_nothing_else(get: Get) -> None:
    wanted = {"indicator": ["grdp_growth", "budget_revenue"], "period": ["2018-Q3"]}
    rows = get("observations", **wanted).json()["data"]

    assert {row["indicator"] for row in rows} == {"grdp_growth", "budget_revenue"}
    assert {row["period"] for row in rows} == {"2018-Q3"}


def test_what_nobody_has_approved_is_not_told(everything: Everything) -> None:
    def take_out(session: Session) -> None:
        """As before its approval."""
        newest = submissions.listed(session, reporter="183")[0]
        submissions.decide(
            session, newest.id, submissions.RETURNED, by="x", at=bootstrap.now(), reason="x"
        )
        kept.take_out_of_force(session, newest.id)

    before = everything("observations", org_unit="183", period="2018-Q3")
    writing(bootstrap.session_factory(), take_out)

    for query in ({}, {"vintages": "true"}, {"as_of": bootstrap.today().isoformat()}):
        reporters = {
            row["source"]["reporter"]
            for row in everything("observations", org_unit="183", period="2018-Q3", **query)
        }
        assert "183" not in reporters
    assert "183" in {row["source"]["reporter"] for row in before}


# --- targets, definitions, units, completeness


def test_the_targets_in_force_are_those_the_judgement_uses(everything: Everything) -> None:
    with bootstrap.session_factory()() as session:
        stored = kept_targets.in_force(session, 2018, Period(2018).end)
    told = everything("targets", year=2018)

    assert {(row["indicator"], row["org_unit"], row["low"], row["high"]) for row in told} == {
        (
            one.indicator,
            one.org_unit,
            None if one.edges.low is None else format(one.edges.low, "f"),
            None if one.edges.high is None else format(one.edges.high, "f"),
        )
        for one in stored
    }


def test_a_revised_target_keeps_its_history(everything: Everything) -> None:
    with bootstrap.session_factory()() as session:
        (standing,) = [
            one.target
            for one in kept_targets.not_replaced(session, 2018)
            if (one.target.indicator, one.target.org_unit) == ("road_hardening_rate", "20")
        ]
    revise(
        bootstrap.session_factory(), LOCAL_USER, standing,
        decision="12/QĐ-UBND", on=date(2018, 7, 1), at=bootstrap.now(),
    )  # fmt: skip
    asked = {"year": 2018, "indicator": "road_hardening_rate", "org_unit": "20"}

    def told(**query: str) -> list[tuple[str, str | None]]:
        rows = everything("targets", **asked, **query)
        return [(row["decision"], row["replaced_on"]) for row in rows]

    assert told() == [("12/QĐ-UBND", None)]
    assert told(on="2018-06-30") == [("", "2018-07-01")]
    assert told(history="true") == [("", "2018-07-01"), ("12/QĐ-UBND", None)]
    assert told(history="true", as_of="2018-12-31") == [("", None)]


def test_the_definitions_are_the_installations(get: Get, everything: Everything) -> None:
    answer = get("definitions").json()
    own = bootstrap.definitions()

    assert (answer["plan_year"], answer["version"]) == (2018, own.version)
    assert [row["id"] for row in everything("definitions", limit=7)] == sorted(own.indicators)
    growth = next(row for row in answer["data"] if row["id"] == "grdp_growth")
    assert growth["levels"]["province"]["decimals"] == 2
    assert growth["name"]["en"] != growth["name"]["vi"]


def test_units_are_those_that_exist_on_a_day(get: Get) -> None:
    def codes(**query: str) -> list[str]:
        return [row["code"] for row in get("org-units", **query).json()["data"]]

    assert len(codes()) == 12
    assert codes(on="2018-10-01") == codes()
    assert codes(on="2026-01-01") == ["20"]


def test_completeness_is_what_the_screen_shows(everything: Everything, database: Path) -> None:
    """Also who has sent nothing: whose quarters are not among the reports of these tests."""
    with bootstrap.session_factory()() as session:
        shown = reports(
            session,
            bootstrap.plan_years(session),
            bootstrap.org_units(),
            [Period(2018, 2), Period(2018, 3)],
            today=bootstrap.today(),
        )
    told = everything("completeness", period=["2018-Q2", "2018-Q3"], limit=5)

    assert sorted(
        (row["reporter"], row["period"], row["state"], row["expected"], row["accepted"])
        for row in told
    ) == sorted(
        (one.asked.reporter, one.asked.period.code, one.state, one.asked.expected, one.accepted)
        for one in shown
    )
    second = [row for row in told if row["period"] == "2018-Q2"]
    assert {(row["state"], row["filled"], row["revision"]) for row in second} <= {
        ("missing", 0, None),
        ("none", 0, None),
    }
    assert {row["org_unit"] for row in second if row["form"] == "A"} == {
        one.code for one in bootstrap.org_units().districts(Period(2018, 2).end)
    }
    assert {row["org_unit"] for row in second if row["form"] == "B"} == {"20"}


def test_completeness_can_be_asked_for_as_it_was(get: Get) -> None:
    """Before the quarter had ended nothing was due."""
    rows = get("completeness", period="2018-Q3", as_of="2018-09-01").json()["data"]

    assert {row["state"] for row in rows} <= {"not_due", "none"}
    assert {row["accepted"] for row in rows} == {0}


def test_a_status_is_one_of_sdmx(everything: Everything) -> None:
    assert {row["status"] for row in everything("observations", limit=1000)} <= set(ObsStatus)


# --- history stays as it was


def state(shares: tuple[int, int, int, int], at: datetime) -> None:
    """Approve what Cao Lộc is said to have collected in the quarters of 2016 and 2017."""

    def work(session: Session) -> None:
        submissions.keep_file(session, "0" * 64, b"", at)
        new = submissions.NewSubmission(
            reporter="183", form="A", period="2017-Q4", file_digest="0" * 64, file_name="x.xlsx",
            template_version="", definitions_version="", outcome=Outcome.ACCEPTED, findings=(),
            note="", submitted_by="x", submitted_at=at,
        )  # fmt: skip
        stored = submissions.add(session, new)
        cells = [
            Observation(
                "budget_revenue",
                "183",
                Period(year, quarter),
                Decimal(share),
                ObsStatus.NORMAL,
                "district_revenue",
                str(share),
                CellAddress("Quý IV", "E5"),
            )
            for year in (2016, 2017)
            for quarter, share in enumerate(shares, start=1)
        ]
        kept.add(session, stored.id, cells)
        submissions.decide(session, stored.id, submissions.APPROVED, by="x", at=at)
        kept.put_in_force(session, stored.id)

    writing(bootstrap.session_factory(), work)


def test_a_later_correction_of_earlier_years_moves_no_pace(get: Get) -> None:
    asked = {"period": "2018-Q3", "org_unit": "183", "indicator": "budget_revenue"}

    def pace() -> Any:
        (told,) = get("assessments", **asked).json()["data"]
        (printed,) = command(
            "assess", "--period", "2018-Q3", "--org-unit", "183", "--indicator", "budget_revenue"
        )
        assert told == printed
        return told["explanation"]["profile"]

    state((10, 20, 40, 100), datetime(2018, 1, 5, tzinfo=UTC))
    before = pace()
    state((10, 20, 90, 100), bootstrap.now())

    assert (before["kind"], before["share"]) == ("history", "0.4")
    assert pace() == before
