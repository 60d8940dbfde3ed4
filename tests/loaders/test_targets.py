"""The districts' assigned targets: plausible, marked illustrative, and held to the rules."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from kpi.definitions import Level
from kpi.findings import DefinitionsError
from kpi.shares import share_mixes
from kpi.targets import Edges, TargetKind
from loaders.definitions import load_definitions
from loaders.org_units import load_org_units
from loaders.targets import load_targets

ROOT = Path(__file__).parents[2]
FILE = ROOT / "data" / "targets" / "2018.yaml"
DEFINITIONS = load_definitions(ROOT / "kpi_definitions.yaml")
UNITS = load_org_units(ROOT / "data" / "org_units.yaml")
TARGETS = load_targets(FILE, DEFINITIONS, UNITS)


def test_every_assigned_target_is_marked_illustrative_and_says_so() -> None:
    assert all(t.illustrative for t in TARGETS)
    assert all(t.document.startswith("Minh họa") for t in TARGETS)
    assert {t.assigned_by for t in TARGETS} == {"tỉnh giao"}
    assert {t.year for t in TARGETS} == {2018}


def test_every_numbered_indicator_of_the_districts_is_assigned() -> None:
    numbered = {i.id for i in DEFINITIONS.numbered() if i.exists_at(Level.DISTRICT)}
    assert {t.indicator for t in TARGETS} == numbered


def test_no_unit_has_two_targets_of_one_indicator() -> None:
    keys = [(t.indicator, t.org_unit) for t in TARGETS]
    assert len(keys) == len(set(keys))


def test_assigned_communes_add_up_to_the_decrees_twelve() -> None:
    assigned = [t.edges.low for t in TARGETS if t.indicator == "new_rural_communes"]
    assert sum(low for low in assigned if low is not None) == 12


def test_assigned_road_rates_come_to_the_decrees_76_percent() -> None:
    hardened = sum(
        (t.edges.low or Decimal(0)) * UNITS.units[t.org_unit].communes
        for t in TARGETS
        if t.indicator == "road_hardening_rate"
    )
    assert 76 <= hardened / 207 < 77


def test_every_districts_structure_can_add_up_to_100() -> None:
    mixes = share_mixes(DEFINITIONS, TARGETS)
    assert len(mixes) == 11
    assert all(mix.exists for mix in mixes)


def test_a_structure_that_cannot_add_up_to_100_is_seen() -> None:
    narrow = [
        replace(t, edges=Edges(t.edges.low, t.edges.low))
        for t in TARGETS
        if t.org_unit == "183" and t.indicator.startswith("share_")
    ]
    (mix,) = share_mixes(DEFINITIONS, narrow)
    assert not mix.exists


def test_the_basis_is_that_of_the_districts_own_figure() -> None:
    for target in TARGETS:
        rule = DEFINITIONS.indicators[target.indicator].levels[Level.DISTRICT]
        assert target.basis == rule.basis


def test_no_communes_below_five_criteria_is_asked_of_every_unit() -> None:
    found = [t for t in TARGETS if t.indicator == "communes_below_5_criteria"]
    assert len(found) == 11
    assert {(t.kind, t.edges.high) for t in found} == {(TargetKind.AT_MOST, Decimal(0))}


@pytest.mark.parametrize(
    ("old", "new", "place", "message"),
    [
        ("indicator: budget_revenue", "indicator: x", 'targets "x", indicator', "not in the defin"),
        (
            "indicator: growth_agriculture",
            "indicator: grdp_growth",
            'targets "grdp_growth", indicator',
            "does not exist at level district",
        ),
        (
            "indicator: growth_services",
            "indicator: growth_industry",
            'targets "growth_industry", indicator',
            "is already used in line",
        ),
        ("kind: at_most", "kind: at_least", '"communes_below_5_criteria", kind', "goes with"),
        ("basis: production_value", "basis: grdp4", '"growth_agriculture", basis', "not in the"),
        ('"178": {value: 420}', '"177": {value: 420}', "units.177", "no district-level unit"),
        ('"178": {value: 420}', '"20": {value: 420}', "units.20", "no district-level unit"),
        ('"178": {value: 420}', '"178": {low: 420}', "units.178.value", "is missing"),
        ('"178": {value: 420}', '"178": {value: 4.205}', "units.178.value", "more decimals than"),
        ('"178": {value: 420}', '"178": {value: 4 205}', "units.178.value", "should be a number"),
        ('"178": {low: 1, high: 2}', '"178": {low: 3, high: 2}', "units.178.low", "is above high"),
        ('"180": {value: 62}', '"178": {value: 62}', "units.178", "the key is already used"),
        ("    each: {value: 0}\n", "", '"communes_below_5_criteria", units', "exactly one of"),
        ("year: 2018", "year: soon", "year", "should be a whole number"),
        ("illustrative: true", "illustrated: true", "illustrated", "this field is not known"),
    ],
)
def test_a_mistake_is_named_with_line_entry_and_field(
    tmp_path: Path, old: str, new: str, place: str, message: str
) -> None:
    text = FILE.read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / "2018.yaml"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(DefinitionsError) as error:
        load_targets(path, DEFINITIONS, UNITS)
    found = error.value.mistakes
    assert [m for m in found if f"{place}: " in m and message in m], found
    assert all(re.match(r"2018\.yaml:\d+, ", m) for m in found)
