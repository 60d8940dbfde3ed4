"""Figures that can be read but can hardly be true: METHOD 10's questions, one by one."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi.check_rules import Outlier
from kpi.checks import check
from kpi.finding_codes import FindingCode
from kpi.findings import Outcome, Severity, outcome
from kpi.outliers import modified_z
from kpi.single_quarters import names_a_quarter
from tests.unit.form_builders import form
from tests.unit.plausible import (
    DEFINITIONS,
    ORG_UNITS,
    PEERS,
    QUARTERS,
    STEADY,
    Before,
    agency_form,
    asked,
    codes,
    plan,
    reading,
    series,
    together,
)

# --- within the year


@pytest.mark.parametrize(("now", "expected"), [(99, 1), (100, 0), (101, 0)])
def test_a_to_date_figure_does_not_fall(now: int, expected: int) -> None:
    kept, findings = asked(form(reading("revenue", now)), series("revenue", "100"))
    assert codes(findings) == [("falls_within_year", "E9")] * expected
    assert [one.value for one in kept] == [now]  # a warning refuses nothing
    assert outcome(findings).accepted


def test_a_new_year_begins_anew() -> None:
    first = form(reading("revenue", 5, period="2018-Q1"), period="2018-Q1")
    assert asked(first, series("revenue", "100", last="2017-Q4"))[1] == []


def test_a_level_may_fall() -> None:
    assert asked(form(reading("part_a", 7)), series("part_a", "8.1"))[1] == []


# --- single quarters


def test_most_figures_falling_at_once_are_asked_about_once() -> None:
    sent = form(reading("revenue", 40), reading("fees", 20, "E10"), reading("fines", 5, "E11"))
    _, findings = asked(sent, QUARTERS)
    assert codes(findings) == [("single_quarters", "E9")]
    assert findings[0].facts["count"] == "3"


def test_two_falling_figures_are_two_questions() -> None:
    sent = form(reading("revenue", 40), reading("fees", 20, "E10"), reading("fines", 25, "E11"))
    _, findings = asked(sent, QUARTERS)
    assert codes(findings) == [("falls_within_year", "E9"), ("falls_within_year", "E10")]


def test_confirmed_quarters_are_added_up_and_say_so() -> None:
    sent = form(reading("revenue", 40), reading("fees", 20, "E10"), reading("part_a", 5, "E11"))
    kept, findings = asked(sent, QUARTERS, single_quarters=True)
    assert {one.indicator: one.value for one in kept} == {
        "revenue": Decimal(140),
        "fees": Decimal(70),
        "part_a": Decimal(5),  # a rate is what it is
    }
    assert [one.raw for one in kept] == ["40", "20", "5"]  # the cell stays what was written
    assert codes(findings) == [("added_up", "E9"), ("added_up", "E10")]
    assert findings[0].facts["sum"] == "140"


def test_a_quarter_without_the_one_before_cannot_be_added_up() -> None:
    kept, findings = asked(form(reading("revenue", 40)), Before(), single_quarters=True)
    assert kept == []
    assert codes(findings) == [("no_earlier_quarter", "E9")]
    assert outcome(findings) is Outcome.REJECTED_CELLS


def test_the_first_quarter_is_its_own_sum() -> None:
    first = form(reading("revenue", 5, period="2018-Q1"), period="2018-Q1")
    kept, findings = asked(first, Before(), single_quarters=True)
    assert ([one.value for one in kept], findings) == ([Decimal(5)], [])


@pytest.mark.parametrize(
    ("heading", "single"),
    [
        ("Thực hiện trong quý III", True),
        ("Thực hiện quý III", True),
        ("THỰC HIỆN RIÊNG QUÝ 3", True),
        ("Thực hiện lũy kế đến quý III", False),
        ("Thực hiện lũy kế", False),
        ("Thực hiện 9 tháng", False),
        ("", False),
    ],
)
def test_the_heading_may_say_it(heading: str, single: bool) -> None:
    assert names_a_quarter(heading) is single
    _, findings = asked(form(reading("revenue", 40), heading=heading), Before())
    assert codes(findings) == [("single_quarters", "E9")] * single


# --- shares, totals and their parts


@pytest.mark.parametrize(
    ("second", "expected"), [(60, 0), (60.2, 0), (59.8, 0), (60.21, 1), (59.79, 1), (61, 1)]
)
def test_shares_make_a_hundred(second: float, expected: int) -> None:
    sent = form(reading("share_a", 40), reading("share_b", second, "E10"))
    assert codes(asked(sent, Before())[1]) == [("share_sum", "E10")] * expected


def test_a_share_that_is_missing_is_taken_from_what_is_in_force() -> None:
    before = series("share_b", "59", last="2018-Q3")
    assert codes(asked(form(reading("share_a", 40)), before)[1]) == [("share_sum", "E9")]
    assert asked(form(reading("share_a", 40)), Before())[1] == []


@pytest.mark.parametrize(("total", "expected"), [(2, 0), (8, 0), (5, 0), (1.9, 1), (8.1, 1)])
def test_a_total_lies_between_its_parts(total: float, expected: int) -> None:
    sent = form(reading("whole", total), reading("part_a", 2, "E10"), reading("part_b", 8, "E11"))
    assert codes(asked(sent, Before())[1]) == [("not_between_parts", "E9")] * expected


# --- scale


@pytest.mark.parametrize(
    ("factor", "expected"),
    [(899, 0), (900, 1), (1000, 1), (1100, 1), (1101, 0), (1, 0), (10, 0)],
)
@pytest.mark.parametrize("upside_down", [False, True])
def test_a_thousandfold_figure_is_asked_about(
    factor: int, expected: int, upside_down: bool
) -> None:
    old = 10_000 * factor if upside_down else 10_000
    new = 10_000 if upside_down else 10_000 * factor
    before = series("revenue", str(old), last="2017-Q3")
    _, findings = asked(form(reading("revenue", new)), before)
    assert [code for code, _ in codes(findings) if code == "scale"] == ["scale"] * expected


def test_the_plan_is_a_yardstick_too() -> None:
    _, findings = asked(form(reading("revenue", 5)), plan("revenue", "5000"))
    assert [(one.code, one.facts["variant"]) for one in findings] == [("scale", "plan")]


def test_a_percentage_has_no_scale() -> None:
    before = series("part_a", "0.05", last="2017-Q3")
    assert "scale" not in dict(codes(asked(form(reading("part_a", 50)), before)[1]))


# --- outliers


def test_a_change_like_the_others_is_not_asked_about() -> None:
    assert asked(form(reading("fees", 36.2)), STEADY)[1] == []


def test_a_change_unlike_all_before_it_is() -> None:
    _, findings = asked(form(reading("fees", 80)), STEADY)
    assert codes(findings) == [("outlier", "E9")]
    assert findings[0].facts["variant"] == "history"
    assert findings[0].severity is Severity.WARNING


def test_four_comparators_are_too_few() -> None:
    short = series("fees", "30 40  11 22 33.1 44  12.1 24.4")
    assert asked(form(reading("fees", 80)), short)[1] == []


def test_a_series_that_never_changed_and_now_does() -> None:
    still = series("fees", "10 20 30 40 10 20 30 40 10 20")
    assert asked(form(reading("fees", 30)), still)[1] == []
    _, findings = asked(form(reading("fees", 31)), still)
    assert [one.facts["variant"] for one in findings] == ["constant"]


def test_a_zero_spread_of_peers_says_nothing() -> None:
    peers = together(
        series("fees", "30", last="2017-Q3"),
        *(
            together(
                series("fees", "30", unit=unit, last="2017-Q3"),
                series("fees", "33", unit=unit, last="2018-Q3"),
            )
            for unit in PEERS
        ),
    )
    assert asked(form(reading("fees", 60)), peers)[1] == []


def test_peers_are_units_of_the_same_level() -> None:
    """The province's figure has no peers, however many districts there are."""
    before = together(
        series("revenue", "30", unit="20", last="2017-Q3"),
        *(
            together(
                series("revenue", "30", unit=unit, last="2017-Q3"),
                series("revenue", f"3{number}", unit=unit, last="2018-Q3"),
            )
            for number, unit in enumerate(PEERS)
        ),
    )
    sent = form(reading("revenue", 60, org_unit="20"), form="B", reporter="finance")
    assert asked(sent, before)[1] == []


def test_a_small_count_varies_by_chance() -> None:
    few = series("people", "2 2 2 2 2 2 2 2 2 2")
    assert asked(form(reading("people", 8)), few)[1] == []


def test_the_least_part_keeps_quiet_about_little() -> None:
    rule = Outlier(least_part=Decimal("0.5"))
    context = replace(
        STEADY.context(), definitions=replace(DEFINITIONS, checks=(rule,)), org_units=ORG_UNITS
    )
    _, near = check(form(reading("fees", 45)), context)  # +36 %, usually +10 %
    _, far = check(form(reading("fees", 55)), context)  # +67 %
    assert [one.code for one in near if one.code != "missing_row"] == []
    assert [one.code for one in far if one.code != "missing_row"] == [FindingCode.OUTLIER]


changes = st.decimals("-2", "2", places=3)


@given(changes, st.lists(changes, min_size=5, max_size=20))
def test_the_score_mirrors_and_does_not_know_the_unit(x: Decimal, others: list[Decimal]) -> None:
    score = modified_z(x, others)
    mirrored = modified_z(-x, [-one for one in others])
    tenfold = modified_z(10 * x, [10 * one for one in others])
    if score is None:
        assert mirrored is None
        assert tenfold is None
    else:
        assert mirrored == -score
        assert tenfold == score


# --- reported and computed


@pytest.mark.parametrize(("reported", "expected"), [(80, 0), (100, 1), (79, 1)])
def test_the_provinces_figure_is_held_against_its_districts(reported: int, expected: int) -> None:
    sent = agency_form(
        reading("posts", reported, "E9", org_unit="20"),
        *(
            reading("posts", 10, f"E1{number}", org_unit=unit)
            for number, unit in enumerate(("183", "184", *PEERS))
        ),
    )
    assert codes(asked(sent, Before())[1]) == [("not_reconciled", "E9")] * expected


def test_districts_that_are_missing_reconcile_nothing() -> None:
    sent = agency_form(
        reading("posts", 100, "E9", org_unit="20"), reading("posts", 10, "E10", org_unit="183")
    )
    assert asked(sent, Before())[1] == []


# --- what is declared


def test_a_question_that_is_not_declared_is_not_asked() -> None:
    context = replace(
        series("revenue", "100").context(), definitions=replace(DEFINITIONS, checks=())
    )
    _, findings = check(form(reading("revenue", 99)), context)
    assert {one.code for one in findings} == {FindingCode.MISSING_ROW}


def test_the_declared_severity_is_the_findings() -> None:
    strict = tuple(replace(rule, severity=Severity.ERROR) for rule in DEFINITIONS.checks)
    context = replace(
        series("revenue", "100").context(), definitions=replace(DEFINITIONS, checks=strict)
    )
    _, findings = check(form(reading("revenue", 99)), context)
    assert outcome(findings) is Outcome.REJECTED_CELLS
