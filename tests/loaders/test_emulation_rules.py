"""The rules of the emulation score: the shipped ones hold together, wrong ones name the line."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from kpi.definitions import Definitions
from kpi.findings import DefinitionsError
from kpi.honours import Tally
from loaders.emulation import parse_rules


@pytest.fixture(scope="session")
def shipped(root: Path) -> str:
    return (root / "data" / "emulation" / "2018.yaml").read_text(encoding="utf-8")


def test_the_shipped_rules_add_up_and_say_that_they_are_illustrative(
    shipped: str, definitions: Definitions
) -> None:
    rules = parse_rules(shipped, "2018.yaml", definitions)
    assert rules.illustrative
    assert rules.total == 100
    assert sum(group.most for group in rules.groups.values()) == rules.total
    assert rules.items["traffic_deaths"].part(Decimal("99.9")) == Decimal("0.5")
    assert rules.year == definitions.plan_year
    assert rules.items["awards"].tally is Tally.AWARDS
    assert set(rules.items) - set(rules.indicators) == {"awards", "exemplars", "direct_workers"}


def test_rules_without_registers_are_read_as_before(shipped: str, definitions: Definitions) -> None:
    """A closed year keeps its rules letter by letter; they were written before the registers."""
    older = shipped.split("tallies:")[0].replace("revisions_least: 3", "")
    older = older.replace(
        "initiatives, group: movement, max: 8", "initiatives, group: movement, max: 11"
    )
    older = older.replace("group: exemplars, max: 3", "group: exemplars, max: 5")
    rules = parse_rules(older, "2018.yaml", definitions)
    assert set(rules.items) == set(rules.indicators)
    assert rules.revisions_least == 1


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("total: 100", "total: 99", "the groups add up to 100"),
        (
            "budget_revenue, group: socio_economic, max: 8",
            "budget_revenue, group: socio_economic, max: 9",
            "add up to 61",
        ),
        (
            "indicator: initiatives",
            "indicator: initiative",
            '"initiative" is not in the definitions',
        ),
        (
            "indicator: initiatives, group: movement",
            "indicator: initiatives, group: moving",
            '"moving" is not in groups',
        ),
        (
            "{indicator: budget_revenue, attainment_below",
            "{indicator: poverty_rate, attainment_below",
            '"poverty_rate" is not scored',
        ),
        (
            "reporting: {group: reporting",
            "reporting: {group: reports",
            '"reports" is not in groups',
        ),
        (
            "{from: 100, points: 2}, {from: 95, points: 1}",
            "{from: 95, points: 2}, {from: 100, points: 1}",
            "go down from the highest",
        ),
        ("{from: 100, points: 2}", "{from: 100, points: 3}", "between 0 and max"),
        ("full_at: 50", "full_at: 0", "more than 0"),
        ("min_data: 80", "min_dta: 80", "this field is not known"),
        ("tally: awards,", "tally: rewards,", "Input should be"),
        (
            "tally: awards, group: movement, max: 3",
            "tally: awards, group: moving, max: 3",
            '"moving" is not in groups',
        ),
        (
            "tally: awards, group: movement, max: 3",
            "tally: awards, group: movement, max: 4",
            "add up to 16",
        ),
        ("max: 3, full_at: 2}", "max: 3, full_at: 0}", "more than 0"),
        ("revisions_least: 3", "revisions_least: 0", "greater than or equal to 1"),
    ],
)
def test_a_mistake_is_named_with_its_line(
    shipped: str, definitions: Definitions, old: str, new: str, said: str
) -> None:
    assert old in shipped
    with pytest.raises(DefinitionsError) as raised:
        parse_rules(shipped.replace(old, new, 1), "2018.yaml", definitions)
    assert any(said in one and "2018.yaml:" in one for one in raised.value.mistakes)
    assert all("2018.yaml:" in one.vi and one.vi != one.en for one in raised.value.said)
