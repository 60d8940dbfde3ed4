"""The province's distance to its target, taken apart: parts that add up, for every kind."""

from __future__ import annotations

from decimal import Decimal

import pytest

from kpi.definitions import Across, Measure
from kpi.gap import Part, concentration, decompose, short_by
from kpi.judgement import Assessment, Explanation, Status
from kpi.observations import Coverage, Known
from kpi.periods import Period
from kpi.rounding import half_away
from kpi.targets import Target
from tests.unit.judging import COUNT, PERCENT, Number, d, indicator, target

Q3 = Period(2018, 3)
SUM = indicator(unit=COUNT, across=Across.SUM)
RATE = indicator(
    Measure.STOCK, unit=PERCENT, decimals=1, across=Across.RATIO, numerator="top",
    denominator="bottom",
)  # fmt: skip


def unit(code: str, value: Number | None, aim: Target | None, previous: Number | None = None):
    known = None if value is None else Known("x", code, Q3, d(value))
    return judged(code, known, aim, previous)


def judged(
    code: str, known: Known | None, aim: Target | None, previous: Number | None = None,
    decimals: int = 0, coverage: Coverage | None = None,
) -> Assessment:  # fmt: skip
    value = None if known is None or known.value is None else half_away(known.value, decimals)
    before = None if previous is None else d(previous)
    reference = None
    if aim is not None and value is not None:
        reference = before if aim.kind == "below_previous" else aim.edges.low
        if aim.kind == "at_most":
            reference = aim.edges.high
    return Assessment(
        indicator="x", org_unit=code, period=Q3, observation_period=Q3, status=Status.ON_TRACK,
        known=known, target=aim, explanation=Explanation(rule=""), value=value,
        reference=reference, previous_value=before, coverage=coverage,
    )  # fmt: skip


def amounts(parts: tuple[Part, ...]) -> list[tuple[str | None, str]]:
    return [(part.org_unit, str(part.amount)) for part in parts]


def test_a_sum_is_each_units_value_less_its_own_target() -> None:
    districts = [
        unit("1", 0, target("at_least", 2)),
        unit("2", 3, target("at_least", 2)),
        unit("3", 1, target("at_least", 4)),
    ]

    parts = decompose(SUM, unit("20", 4, target("at_least", 8)), districts, decimals=0)

    assert amounts(parts) == [("3", "-3"), ("1", "-2"), ("2", "1")]


def test_what_the_units_targets_leave_over_belongs_to_nobody() -> None:
    districts = [unit("1", 1, target("at_least", 2)), unit("2", 1, target("at_least", 2))]

    parts = decompose(SUM, unit("20", 2, target("at_least", 5)), districts, decimals=0)

    assert amounts(parts) == [("1", "-1"), ("2", "-1"), (None, "-1")]


def test_a_unit_without_a_target_brings_all_it_has() -> None:
    districts = [unit("1", 1, None), unit("2", 0, target("at_least", 3))]

    parts = decompose(SUM, unit("20", 1, target("at_least", 3)), districts, decimals=0)

    assert amounts(parts) == [("2", "-3"), ("1", "1")]
    assert parts[1].target is None


def test_a_unit_that_has_not_reported_has_all_of_its_target_ahead() -> None:
    districts = [unit("1", 2, target("at_least", 2)), unit("2", None, target("at_least", 3))]
    partial = Coverage(("1",), ("1", "2"))
    known = Known("x", "20", Q3, d(2), coverage=partial)
    province = judged("20", known, target("at_least", 5), coverage=partial)

    parts = decompose(SUM, province, districts, decimals=0)

    assert amounts(parts) == [("2", "-3"), ("1", "0")]
    assert [part.missing for part in parts] == [True, False]


def test_fewer_than_last_year_is_each_units_change() -> None:
    fewer = target("below_previous")
    districts = [unit("1", 5, fewer, 3), unit("2", 1, fewer, 2), unit("3", 0, fewer, 0)]

    parts = decompose(SUM, unit("20", 6, fewer, 5), districts, decimals=0)

    assert amounts(parts) == [("1", "2"), ("3", "0"), ("2", "-1")]


def ratio(tops: dict[str, Number], bottoms: dict[str, Number]) -> Known:
    parts = [Known("top", code, Q3, d(v)) for code, v in tops.items()]
    parts += [Known("bottom", code, Q3, d(v)) for code, v in bottoms.items()]
    value = 100 * sum(map(d, tops.values())) / sum(map(d, bottoms.values()))
    return Known("x", "20", Q3, value, parts=tuple(parts))


def test_a_ratio_is_weighed_by_the_denominator() -> None:
    known = ratio({"1": 10, "2": 60}, {"1": 20, "2": 80})
    districts = [unit("1", 50, target("at_least", 80)), unit("2", 75, target("at_least", 75))]

    parts = decompose(
        RATE, judged("20", known, target("at_least", 76), decimals=1), districts, decimals=1
    )

    # 0,2 × (50 − 80) and 0,8 × (75 − 75); both targets weigh to 76
    assert amounts(parts) == [("1", "-6.0"), ("2", "0.0")]


def test_units_that_are_not_in_a_ratio_have_no_part_in_it() -> None:
    known = ratio({"1": 10}, {"1": 20})
    districts = [unit("1", 50, target("at_least", 80)), unit("2", None, target("at_least", 80))]

    parts = decompose(
        RATE, judged("20", known, target("at_least", 80), decimals=1), districts, decimals=1
    )

    assert amounts(parts) == [("1", "-30.0")]


@pytest.mark.parametrize("wanted", [76, 70, "81.3"])
@pytest.mark.parametrize("tops", [(7, 11, 13), (1, 1, 2), (6, 16, 22)])
def test_the_printed_parts_add_up_to_the_printed_distance(
    tops: tuple[int, ...], wanted: Number
) -> None:
    codes = ("1", "2", "3")
    known = ratio(dict(zip(codes, tops, strict=True)), {"1": 7, "2": 19, "3": 23})
    province = judged("20", known, target("at_least", wanted), decimals=1)
    districts = [
        unit(c, 0, target("at_least", a)) for c, a in zip(codes, (77, 61, 83), strict=True)
    ]

    parts = decompose(RATE, province, districts, decimals=1)

    assert province.value is not None and province.reference is not None
    assert sum(part.amount for part in parts) == province.value - province.reference


@pytest.mark.parametrize(
    ("asked", "province", "districts"),
    [
        pytest.param(indicator(), unit("20", 1, target("at_least", 2)),
                     [unit("1", 1, target("at_least", 2))], id="reported, not added up"),
        pytest.param(SUM, unit("20", 1, None), [unit("1", 1, target("at_least", 2))],
                     id="the province has no target"),
        pytest.param(SUM, unit("20", None, target("at_least", 2)),
                     [unit("1", None, target("at_least", 2))], id="no value"),
        pytest.param(SUM, unit("20", 1, target("at_least", 2)), [unit("1", 1, None)],
                     id="no unit has a target"),
        pytest.param(SUM, unit("20", 1, target("at_least", 2)), [], id="no units"),
    ],
)  # fmt: skip
def test_what_cannot_be_taken_apart_is_not(asked, province, districts) -> None:  # type: ignore[no-untyped-def]
    assert decompose(asked, province, districts, decimals=0) == ()


def test_a_decrease_is_not_taken_apart_while_a_unit_is_missing() -> None:
    partial = Coverage(("1",), ("1", "2"))
    known = Known("x", "20", Q3, d(2), coverage=partial)
    province = judged("20", known, target("at_most", 0), coverage=partial)

    assert decompose(SUM, province, [unit("1", 2, target("at_most", 0))], decimals=0) == ()


@pytest.mark.parametrize(
    ("short", "expected"),
    [
        pytest.param([8, 1, 1], (1, 3, "80"), id="one makes up four fifths"),
        pytest.param([5, 3, 2], (2, 3, "80"), id="two do"),
        pytest.param([1, 1, 1], (3, 3, "100"), id="all alike"),
        pytest.param([0, -2], None, id="nobody is short"),
    ],
)
def test_in_how_few_units_most_of_it_lies(
    short: list[int], expected: tuple[int, int, str] | None
) -> None:
    parts = [Part(str(n), Decimal(-amount)) for n, amount in enumerate(short)]
    parts.append(Part(None, Decimal(-50)))  # belongs to nobody

    found = concentration(parts, rises=True)

    if expected is None:
        assert found is None
    else:
        assert found is not None
        units, concerned, percent = expected
        assert (found.units, found.concerned, found.percent) == (units, concerned, d(percent))


def test_the_wrong_side_depends_on_the_direction() -> None:
    assert short_by(Part("1", d(-3)), rises=True) == 3
    assert short_by(Part("1", d(-3)), rises=False) == -3
