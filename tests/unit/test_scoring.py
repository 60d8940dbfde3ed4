"""Points and ranks of METHOD 11 as a table, on rules small enough to count by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from kpi.bilingual import Text
from kpi.completeness import Asked, Filed, Report, Stage, report
from kpi.emulation import Bonus, Group, Item, KnockOut, Reporting, Rules, Step
from kpi.honours import Entry, Honour, Recipient, Register, Tally
from kpi.judgement import Assessment, Explanation, Status
from kpi.periods import Period
from kpi.placing import moves, placed, ranks
from kpi.scoring import Ground, Line, Score, Unranked, score

D = Decimal
Q4 = Period(2018, 4)
NAME = Text("nhóm", "group")

RULES = Rules(
    version="1", year=2018, document=NAME, clause="3", illustrative=True,
    total=D(100), decimals=2, min_data=D(80), weights_vary=D(10),
    groups={
        "work": Group("work", NAME, NAME, D(80)),
        "reporting": Group("reporting", NAME, NAME, D(20)),
    },
    items={
        "revenue": Item("revenue", "work", D(40)),
        "deaths": Item("deaths", "work", D(20), steps=(Step(D(100), D(20)), Step(D(95), D(5)))),
        "ideas": Item("ideas", "work", D(20), full_at=D(50)),
    },
    reporting=Reporting("reporting", D(1), D(3), D(5), D(2)),
    bonus=Bonus(D("0.5"), D("0.5")),
    knock_outs=(KnockOut("revenue", D(80)),),
)  # fmt: skip


def judged(
    indicator: str, attainment: str | None = None, status: Status = Status.MET,
    value: str | None = "1", reason: str = "", period: Period = Q4,
) -> Assessment:  # fmt: skip
    return Assessment(
        indicator=indicator, org_unit="183", period=period, observation_period=period,
        status=status, known=None, target=None, value=None if value is None else D(value),
        attainment=None if attainment is None else D(attainment),
        explanation=Explanation("x", reasons={"attainment": reason} if reason else {}),
    )  # fmt: skip


FULL = {
    "revenue": judged("revenue", "100"),
    "deaths": judged("deaths", "100"),
    "ideas": judged("ideas", status=Status.FOLLOWED, value="50"),
}


def quarter(number: int, day: int | None, *, returned: int = 0) -> Report:
    """A report due on the 5th that came on a day of that month; None: never."""
    asked = Asked("183", "A", Period(2018, number), 11, date(2018, 10, 5))
    sent = [Filed(n, n, date(2018, 10, 1), Stage.RETURNED) for n in range(1, returned + 1)]
    if day is not None:
        sent.append(Filed(9, 9, date(2018, 10, day), Stage.APPROVED))
    return report(asked, sent, date(2018, 10, 25))


def total(reports: list[Report] | None = None, **other: Assessment) -> Decimal:
    return score(RULES, "183", FULL | other, reports or []).total


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        pytest.param(judged("revenue", "100"), "100.00", id="all"),
        pytest.param(judged("revenue", "250"), "100.00", id="never beyond the points"),
        pytest.param(judged("revenue", "91.3", Status.MISSED), "96.52", id="40 x 0.913"),
        pytest.param(judged("revenue", "0", Status.MISSED), "60.00", id="none"),
        pytest.param(judged("revenue", None), "100.00", id="met without a percentage"),
        pytest.param(judged("revenue", None, Status.MISSED), "60.00", id="missed without one"),
        pytest.param(
            judged("revenue", None, Status.OFF_TRACK, reason="negative_growth"), "60.00",
            id="negative growth counts as 0",
        ),
        pytest.param(
            judged("revenue", None, Status.INCOMPLETE, value=None), "60.00", id="missing scores 0"
        ),
        pytest.param(
            judged("revenue", None, Status.NOT_ASSESSABLE), "100.00",
            id="what cannot be judged does not count",
        ),
        pytest.param(
            judged("revenue", None, Status.FOLLOWED), "100.00", id="no target: does not count"
        ),
        pytest.param(judged("deaths", "99.9", Status.MISSED), "85.00", id="the lower step"),
        pytest.param(judged("deaths", "94.9", Status.MISSED), "80.00", id="below every step"),
        pytest.param(judged("ideas", None, Status.FOLLOWED, "40"), "96.00", id="by the figure"),
        pytest.param(judged("ideas", None, Status.FOLLOWED, None), "80.00", id="no figure"),
        pytest.param(
            judged("revenue", "120", Status.EXCEEDED), "100.00", id="the bonus stays under the cap"
        ),
    ],
)  # fmt: skip
def test_points_of_a_figure(other: Assessment, expected: str) -> None:
    assert total(**{other.indicator: other}) == D(expected)


@pytest.mark.parametrize(
    ("reports", "expected"),
    [
        pytest.param([quarter(1, 5)], "100.00", id="in time"),
        pytest.param([quarter(1, 7)], "98.00", id="two days late"),
        pytest.param([quarter(1, 25)], "97.00", id="late has a most"),
        pytest.param([quarter(1, None)], "95.00", id="missing"),
        pytest.param([quarter(1, 4, returned=2)], "96.00", id="returned twice"),
        pytest.param([quarter(1, 7), quarter(2, None)], "93.00", id="they add up"),
        pytest.param([quarter(n, None) for n in (1, 2, 3, 4)] * 2, "80.00", id="not below 0"),
    ],
)
def test_points_of_reporting(reports: list[Report], expected: str) -> None:
    assert total(reports) == D(expected)


def test_the_lines_add_up_to_the_total_and_each_has_its_ground() -> None:
    found = score(
        RULES, "183",
        FULL | {"revenue": judged("revenue", "101", Status.EXCEEDED),
                "deaths": judged("deaths", "95", Status.MISSED)},
        [quarter(1, 8)],
    )  # fmt: skip
    assert sum(line.points for line in found.lines if line.points is not None) == found.total
    assert [(line.ground, line.points) for line in found.lines] == [
        (Ground.ATTAINMENT, D("40.00")),
        (Ground.STEPS, D("5.00")),
        (Ground.FIGURE, D("20.00")),
        (Ground.FULL, D(20)),
        (Ground.LATE, D(-3)),
        (Ground.EXCEEDED, D("0.5")),
    ]


def test_what_does_not_count_makes_the_others_weigh_more() -> None:
    found = score(RULES, "183", FULL | {"deaths": judged("deaths", None, Status.NOT_DUE)}, [])
    most = {line.item.id: line.most for line in found.lines if line.item}
    assert most == {"revenue": D("53.33"), "deaths": None, "ideas": D("26.67")}
    assert found.total == D("100.00")


def test_below_80_per_cent_of_the_figures_there_is_no_rank() -> None:
    found = score(RULES, "183", FULL | {"ideas": judged("ideas", None, Status.FOLLOWED, None)}, [])
    assert found.data_share == D(200) / 3
    assert found.unranked is Unranked.DATA
    [one] = placed(RULES, [found], {})
    assert (one.rank, one.best, one.worst) == (None, None, None)


@pytest.mark.parametrize(
    ("attainment", "period", "out"),
    [("79.9", Q4, True), ("80", Q4, False), ("10", Period(2018, 3), False)],
)
def test_a_knock_out_is_judged_when_the_year_is_over(
    attainment: str, period: Period, out: bool
) -> None:
    low = judged("revenue", attainment, Status.MISSED, period=period)
    found = score(RULES, "183", FULL | {"revenue": low}, [])
    assert (found.unranked is Unranked.KNOCKED_OUT) is out


# --- what the registers count ---------------------------------------------------------------

COUNTED = replace(
    RULES,
    items={
        "revenue": RULES.items["revenue"],
        "awards": Item("awards", "work", D(20), D(2), tally=Tally.AWARDS),
        "direct_workers": Item("direct_workers", "work", D(20), D(50), tally=Tally.DIRECT_WORKERS),
    },
)


def award(number: int, *, direct: bool = False) -> Entry:
    one = Honour(
        Register.AWARD, 2018, "183", "merit", Recipient.PERSON, "A", f"{number}/QĐ",
        date(2018, 5, 1), "UBND", "x", direct_worker=direct,
    )  # fmt: skip
    return Entry(number, one, "thi-dua", datetime(2018, 5, 2, tzinfo=UTC))


@pytest.mark.parametrize(
    ("entries", "points"),
    [
        pytest.param([], {"revenue": D("53.33"), "awards": D("0.00"), "direct_workers": None},
                     id="none: no share of nothing"),
        pytest.param([award(1)], {"revenue": D(40), "awards": D(10), "direct_workers": D(0)},
                     id="one, not direct"),
        pytest.param([award(1), award(2, direct=True), award(3), award(4)],
                     {"revenue": D(40), "awards": D(20), "direct_workers": D(10)},
                     id="never beyond the points; a quarter direct, half of 50 %"),
    ],
)  # fmt: skip
def test_points_counted_in_the_registers(
    entries: list[Entry], points: dict[str, Decimal | None]
) -> None:
    found = score(COUNTED, "183", {"revenue": judged("revenue", "100")}, [], entries)
    lines = {line.item.id: line for line in found.lines if line.item}
    assert {id_: line.points for id_, line in lines.items()} == points
    assert [one.number for one in lines["awards"].entries] == [one.number for one in entries]


def test_what_a_register_counts_is_not_revised_with_the_units_figures() -> None:
    only = replace(COUNTED, items={k: v for k, v in COUNTED.items.items() if k != "revenue"})
    found = score(only, "183", {}, [], [award(1, direct=True)])
    better = score(only, "184", {}, [], [award(1, direct=True), award(2, direct=True)])
    firm = placed(only, [better, found], {"183": D("0.9")})
    assert [(one.org_unit, one.best, one.worst) for one in firm] == [("184", 1, 1), ("183", 2, 2)]


# --- ranks -------------------------------------------------------------------------------


def test_equal_totals_share_a_rank() -> None:
    totals = {"a": D(90), "b": D(80), "c": D(80), "d": D(70)}
    assert ranks(totals) == {"a": 1, "b": 2, "c": 2, "d": 4}


def of(unit: str, attainment: str, late: int = 5) -> Score:
    figures = FULL | {"revenue": judged("revenue", attainment, Status.MISSED)}
    return replace(score(RULES, unit, figures, [quarter(1, late)]), unranked=None)


def test_far_apart_is_clearly_different_and_close_is_not() -> None:
    found = {
        one.org_unit: one
        for one in placed(RULES, [of("a", "99"), of("b", "98.9"), of("c", "40")], {"b": D("0.02")})
    }
    assert [(u, one.rank, one.best, one.worst) for u, one in found.items()] == [
        ("a", 1, 1, 2), ("b", 2, 1, 2), ("c", 3, 3, 3),
    ]  # fmt: skip
    assert found["a"].unclear == ("b",)
    assert found["c"].unclear == ()


def test_other_weights_alone_can_change_a_rank() -> None:
    """``a`` has more revenue and a late report; with reports weighing more, ``b`` leads."""
    first, second = of("a", "97.4", late=8), of("b", "90")
    assert (first.total, second.total) == (D("95.96"), D("96.00"))
    found = placed(RULES, [first, second], {})
    assert [(one.org_unit, one.rank, one.best, one.worst) for one in found] == [
        ("b", 1, 1, 2), ("a", 2, 1, 2),
    ]  # fmt: skip


def test_weights_that_are_off_together_can_change_a_rank_none_could_alone() -> None:
    items = {name: Item(name, "work", D(30)) for name in ("x", "y", "z")}
    rules = replace(RULES, items=items, reporting=None, knock_outs=(), weights_vary=D(10))

    def points(unit: str, x: str, y: str, z: str) -> Score:
        given = zip(items.values(), (x, y, z), strict=True)
        lines = tuple(Line("work", Ground.FIGURE, D(one), item=item) for item, one in given)
        return Score(unit, lines, sum((D(one) for one in (x, y, z)), D(0)), 3, 3)

    found = placed(rules, [points("a", "20", "20", "20.6"), points("b", "22", "22", "16")], {})

    # a - b: -2 - 2 + 4.6 = 0.6; one weight moves it by 0.46 at most, all by 0.86
    assert [(one.org_unit, one.best, one.worst) for one in found] == [("a", 1, 2), ("b", 1, 2)]
    firm = placed(replace(rules, weights_vary=D(6)), [one.score for one in found], {})
    assert [(one.org_unit, one.best, one.worst) for one in firm] == [("a", 1, 1), ("b", 2, 2)]


def test_the_interval_always_holds_the_rank_and_is_the_same_again() -> None:
    scores = [of(unit, value) for unit, value in zip("abcd", ("90", "88", "88", "60"), strict=True)]
    revisions = {"a": D("0.05"), "d": D("0.5")}
    found = placed(RULES, scores, revisions)
    assert found == placed(RULES, scores, revisions)
    for one in found:
        assert one.rank is not None
        assert one.best is not None
        assert one.worst is not None
        assert one.best <= one.rank <= one.worst
    assert [one.shared for one in found] == [False, True, True, False]


def test_a_rehearsal_says_whose_rank_moves() -> None:
    now = placed(RULES, [of("a", "97", late=8), of("b", "90")], {})
    harmless = replace(RULES, reporting=Reporting("reporting", D(0), D(0), D(5), D(2)))
    figures = [FULL | {"revenue": judged("revenue", v, Status.MISSED)} for v in ("97", "90")]
    scores = [
        score(harmless, unit, own, [quarter(1, 8)]) for unit, own in zip("ab", figures, strict=True)
    ]
    found = {one.org_unit: one for one in moves(now, placed(harmless, scores, {}))}
    assert (found["a"].rank, found["a"].other_rank, found["a"].moves) == (2, 1, True)
    assert (found["b"].rank, found["b"].other_rank, found["b"].moves) == (1, 2, True)
