"""Forms that can hardly be right, one for each declared question of METHOD 10.

Built on the small province of ``form_builders``: Cao Lộc (183) and Văn Quan (184), with a
structure of two shares, a total growth above its two sectors, and six more districts as
peers where they are needed.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from kpi.check_rules import (
    BetweenParts,
    CheckRule,
    FallsWithinYear,
    Outlier,
    Reconcile,
    Scale,
    ShareSum,
    SingleQuarters,
)
from kpi.checks import check
from kpi.definitions import OWN_UNIT, Across, Measure
from kpi.findings import Finding
from kpi.observations import Known, Observation, Reading
from kpi.periods import Period
from kpi.submissions import CheckContext, FormReading
from kpi.targets import Direction, Edges, Target, TargetKind
from tests.unit import form_builders as builders
from tests.unit.form_builders import DISTRICT, MONEY, PEOPLE, PERCENT, PROVINCE, form

Key = tuple[str, str, str]  # indicator, organisation unit, period code

MORE = (
    builders.indicator("share_a", PERCENT, {DISTRICT: OWN_UNIT}, share_group="structure"),
    builders.indicator("share_b", PERCENT, {DISTRICT: OWN_UNIT}, share_group="structure"),
    builders.indicator("whole", PERCENT, {DISTRICT: OWN_UNIT}, measure=Measure.RATE),
    builders.indicator("part_a", PERCENT, {DISTRICT: OWN_UNIT}, measure=Measure.RATE),
    builders.indicator("part_b", PERCENT, {DISTRICT: OWN_UNIT}, measure=Measure.RATE),
    builders.indicator("fees", MONEY, {DISTRICT: OWN_UNIT}),
    builders.indicator("fines", MONEY, {DISTRICT: OWN_UNIT}),
    builders.indicator(
        "posts",
        PEOPLE,
        {PROVINCE: "traffic", DISTRICT: "traffic"},
        reconcile_with=Across.SUM,
    ),
)
RATES = {
    indicator.id: replace(indicator, measure=Measure.RATE)
    for indicator in (*MORE[:2], builders.DEFINITIONS.indicators["growth"])
}
RULES: tuple[CheckRule, ...] = (
    FallsWithinYear(),
    SingleQuarters(),
    ShareSum(tolerance=Decimal("0.2")),
    BetweenParts("whole", ("part_a", "part_b")),
    Scale(),
    Outlier(),
    Reconcile(tolerance=Decimal("0.005")),
)
PEERS = tuple(str(number) for number in range(190, 196))
DEFINITIONS = replace(
    builders.DEFINITIONS,
    indicators=builders.DEFINITIONS.indicators | {i.id: i for i in MORE} | RATES,
    checks=RULES,
)
ORG_UNITS = replace(
    builders.ORG_UNITS,
    units=builders.ORG_UNITS.units
    | {code: replace(builders.ORG_UNITS.units["184"], code=code) for code in PEERS},
)


def reading(indicator: str, raw: object, cell: str = "E9", **more: Any) -> Reading:
    """A row of the form, in the unit of measure it was printed with."""
    unit = DEFINITIONS.indicators[indicator].unit_of_measure.name.vi
    return builders.reading(indicator, raw, cell, unit=unit, **more)


@dataclass(frozen=True)
class Before:
    """What is in force before the form comes in, by indicator, unit and period code."""

    figures: dict[Key, str] = field(default_factory=dict)
    targets: dict[tuple[str, str], Target] = field(default_factory=dict)

    def context(self, *, single_quarters: bool = False) -> CheckContext:
        basis = {
            key: DEFINITIONS.indicators[key[0]].levels[ORG_UNITS.units[key[1]].level].basis
            for key in self.figures
        }
        in_force = {
            key: Known(key[0], key[1], Period.parse(key[2]), Decimal(value), basis=basis[key])
            for key, value in self.figures.items()
        }
        return CheckContext(
            DEFINITIONS,
            ORG_UNITS,
            in_force,
            targets=self.targets,
            comparators={key: Decimal(value) for key, value in self.figures.items()},
            single_quarters=single_quarters,
        )


def plan(indicator: str, value: str) -> Before:
    target = Target(
        indicator, "183", 2018, TargetKind.AT_LEAST, Direction.INCREASE,
        Edges(low=Decimal(value)), "", "", "",
    )  # fmt: skip
    return Before(targets={(indicator, "183"): target})


def series(indicator: str, values: str, *, unit: str = "183", last: str = "2018-Q2") -> Before:
    """Figures quarter by quarter up to ``last``."""
    figures: dict[Key, str] = {}
    period = Period.parse(last)
    for value in reversed(values.split()):
        figures[indicator, unit, period.code] = value
        period = period.previous()
    return Before(figures)


def together(*parts: Before) -> Before:
    return Before({key: value for part in parts for key, value in part.figures.items()})


def agency_form(*readings: Reading) -> FormReading:
    return form(*readings, form="B", reporter="traffic")


def asked(
    sent: FormReading, before: Before, *, single_quarters: bool = False
) -> tuple[list[Observation], list[Finding]]:
    """The observations, and what was asked; rows left out are not mentioned."""
    kept, findings = check(sent, before.context(single_quarters=single_quarters))
    return kept, [one for one in findings if one.code != "missing_row"]


def codes(findings: Iterable[Finding]) -> list[tuple[str, str]]:
    """Code and cell, in order."""
    return [(str(one.code), one.at.cell if one.at else "") for one in findings]


# A unit whose figure rises by about a tenth every year.
STEADY = series("fees", "10 20 30 40  11 22.2 32.8 44.4  12.1 24.4")
QUARTERS = together(
    series("revenue", "100"), series("fees", "50"), series("fines", "20"), series("people", "9")
)

EXAMPLES: tuple[tuple[FormReading, Before, bool], ...] = (
    (form(reading("revenue", 99)), series("revenue", "100"), False),
    (
        form(reading("revenue", 40), reading("fees", 20, "E10"), reading("fines", 5, "E11")),
        QUARTERS,
        False,
    ),
    (form(reading("revenue", 40), heading="Thực hiện trong quý III"), Before(), False),
    (form(reading("revenue", 40)), QUARTERS, True),
    (form(reading("revenue", 40)), Before(), True),
    (form(reading("share_a", 40), reading("share_b", 59, "E10")), Before(), False),
    (
        form(reading("whole", 9), reading("part_a", 2, "E10"), reading("part_b", 8, "E11")),
        Before(),
        False,
    ),
    (form(reading("revenue", 120)), series("revenue", "0.12", last="2018-Q3"), False),
    (form(reading("revenue", 120)), series("revenue", "120000", last="2017-Q3"), False),
    (form(reading("revenue", 120)), plan("revenue", "120000"), False),
    (form(reading("fees", 80)), STEADY, False),
    (form(reading("growth", 9)), series("growth", "5 5.2 5 5.1 5 5.3 5 5.2 5 5.1"), False),
    (form(reading("fees", 40)), series("fees", "10 20 30 40 10 20 30 40 10 20"), False),
    (form(reading("growth", 9)), series("growth", "5 5 5 5 5 5 5 5 5 5"), False),
    (
        form(reading("fees", 60)),
        together(
            series("fees", "30", last="2017-Q3"),
            *(
                together(
                    series("fees", "30", unit=unit, last="2017-Q3"),
                    series("fees", f"3{number}", unit=unit, last="2018-Q3"),
                )
                for number, unit in enumerate(PEERS)
            ),
        ),
        False,
    ),
    (
        form(reading("growth", 12)),
        together(
            series("growth", "5", last="2017-Q3"),
            *(
                together(
                    series("growth", "5", unit=unit, last="2017-Q3"),
                    series("growth", f"5.{number}", unit=unit, last="2018-Q3"),
                )
                for number, unit in enumerate(PEERS)
            ),
        ),
        False,
    ),
    (
        agency_form(
            reading("posts", 100, "E9", org_unit="20"),
            *(
                reading("posts", 10, f"E1{number}", org_unit=unit)
                for number, unit in enumerate(("183", "184", *PEERS))
            ),
        ),
        Before(),
        False,
    ),
)
