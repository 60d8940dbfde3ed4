"""The definition file: what the real one says, and that every kind of mistake is named."""

from __future__ import annotations

import re
from collections import Counter
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest

from kpi.definitions import OWN_UNIT, Across, Commitment, Definitions, Indicator, Level, Role
from kpi.findings import DefinitionsError
from kpi.periods import Period
from kpi.shares import share_mixes
from kpi.targets import TargetKind
from loaders.definitions import load_definitions

ROOT = Path(__file__).parents[2]
FILE = ROOT / "kpi_definitions.yaml"
DECREE = (ROOT / "data" / "decree" / "phat-dong-2018.txt").read_text(encoding="utf-8")
SOURCE = FILE.read_text(encoding="utf-8")


@cache
def real() -> Definitions:
    return load_definitions(FILE)


def mistakes(tmp_path: Path, text: str) -> tuple[str, ...]:
    path = tmp_path / "kpi_definitions.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(DefinitionsError) as error:
        load_definitions(path)
    return error.value.mistakes


def changed(entry: str, old: str, new: str) -> str:
    """The real file with ``old`` replaced in one entry (or, without one, at the top)."""
    start = SOURCE.index(f"  - id: {entry}\n") if entry else 0
    at = SOURCE.index(old, start)
    following = SOURCE.find("\n  - id: ", start + 1)
    assert not entry or following < 0 or at < following, f"{old!r} is not in {entry}"
    return SOURCE[:at] + new + SOURCE[at + len(old) :]


def line_of(text: str, needle: str) -> int:
    return text[: text.index(needle)].count("\n") + 1


# What the real file says -------------------------------------------------------------


def test_the_decree_has_seventeen_numbered_indicators_in_its_own_order() -> None:
    assert [i.id for i in real().numbered()] == [
        "grdp_growth",
        "growth_agriculture",
        "growth_industry",
        "growth_services",
        "share_agriculture",
        "share_industry",
        "share_services",
        "income_per_capita",
        "budget_revenue",
        "new_rural_communes",
        "communes_below_5_criteria",
        "road_hardening_rate",
        "communes_with_model",
        "communes_with_product",
        "traffic_accidents",
        "traffic_deaths",
        "traffic_injuries",
    ]


def test_roles_and_commitments_are_complete() -> None:
    assert Counter(i.role for i in real().indicators.values()) == {
        Role.TARGET: 17,
        Role.FOLLOWED: 7,
        Role.INPUT: 5,
    }
    assert len(real().commitments) == 8
    assert all(c.owner_name for c in real().commitments.values())


def test_sectors_stand_together_in_the_order_of_the_decree() -> None:
    order = list(dict.fromkeys(i.sector for i in real().indicators.values()))
    runs = [
        sector
        for sector, before in zip(
            [i.sector for i in real().indicators.values()],
            [None, *(i.sector for i in real().indicators.values())],
            strict=False,
        )
        if sector != before
    ]
    assert order == runs == list(real().sectors)
    assert [s.number for s in real().sectors.values()] == ["I", "II", "III", "IV", "V", "VI"]


@pytest.mark.parametrize(
    "entry", [*real().numbered(), *real().commitments.values()], ids=lambda e: e.id
)
def test_every_quote_is_the_decrees_own_words(entry: Indicator | Commitment) -> None:
    decree = entry.decree
    assert decree is not None
    assert decree.quote in DECREE
    assert decree.words in decree.quote


def test_followed_indicators_quote_the_decree_too() -> None:
    followed = [i for i in real().indicators.values() if i.role is Role.FOLLOWED]
    assert all(i.decree and i.decree.quote in DECREE for i in followed)


WHO_REPORTS = {
    ("statistics_office", Level.PROVINCE): """grdp_growth growth_agriculture growth_industry
        growth_services share_agriculture share_industry share_services share_product_taxes
        income_per_capita""",
    ("finance_department", Level.PROVINCE): "budget_revenue",
    ("rural_development_office", Level.DISTRICT): "new_rural_communes communes_below_5_criteria",
    ("traffic_safety_board", Level.DISTRICT): "traffic_accidents traffic_deaths traffic_injuries",
    ("home_affairs", Level.PROVINCE): """online_services_level_3_4 staff_reduction initiatives
        awards_direct_workers_share exemplars_recognised grassroots_party_strong""",
    ("home_affairs", Level.DISTRICT): """online_services_level_3_4 staff_reduction initiatives
        awards_direct_workers_share exemplars_recognised grassroots_party_strong""",
    (OWN_UNIT, Level.DISTRICT): """growth_agriculture growth_industry growth_services
        share_agriculture share_industry share_services income_per_capita budget_revenue
        communes_hardened_road communes_model_count communes_product_count
        rural_communes_total poverty_rate""",
}


def test_who_reports_what_is_exactly_the_decrees_table() -> None:
    reported: dict[tuple[str, Level], list[str]] = {}
    for indicator in real().indicators.values():
        for level, rule in indicator.levels.items():
            if rule.reporter is not None:
                reported.setdefault((rule.reporter, level), []).append(indicator.id)
    assert reported == {key: names.split() for key, names in WHO_REPORTS.items()}


def test_every_figure_at_every_level_is_reported_once_or_computed() -> None:
    for indicator in real().indicators.values():
        for rule in indicator.levels.values():
            assert rule.reporter is not None or indicator.across_units in (
                Across.SUM,
                Across.RATIO,
            )


@pytest.mark.parametrize(
    ("indicator", "kind", "low", "high"),
    [
        ("grdp_growth", "range", "8", "8.5"),
        ("growth_agriculture", "range", "2", "3"),
        ("growth_industry", "range", "20", "21"),
        ("growth_services", "range", "8", "9"),
        ("share_agriculture", "band", "21", "22"),
        ("share_industry", "band", "20", "21"),
        ("share_services", "band", "58", "60"),
        ("income_per_capita", "range", "37", "38"),
        ("budget_revenue", "at_least", "6296", None),
        ("new_rural_communes", "at_least", "12", None),
        ("communes_below_5_criteria", "at_most", None, "0"),
        ("road_hardening_rate", "at_least", "76", None),
        ("communes_with_model", "at_least", "100", None),
        ("communes_with_product", "at_least", "100", None),
        ("traffic_accidents", "below_previous", None, None),
        ("traffic_deaths", "below_previous", None, None),
        ("traffic_injuries", "below_previous", None, None),
    ],
)
def test_targets_are_the_decrees_numbers(
    indicator: str, kind: str, low: str | None, high: str | None
) -> None:
    (target,) = (t for t in real().targets if t.indicator == indicator)
    assert (target.kind, target.org_unit, target.year) == (TargetKind(kind), "20", 2018)
    assert target.edges.low == (None if low is None else Decimal(low))
    assert target.edges.high == (None if high is None else Decimal(high))
    assert isinstance(target.edges.low, Decimal | None)


def test_grdp_and_its_structure_exist_for_the_province_only() -> None:
    indicators = real().indicators
    assert set(indicators["grdp_growth"].levels) == {Level.PROVINCE}
    for indicator in indicators.values():
        bases = {level: rule.basis for level, rule in indicator.levels.items()}
        assert not bases.get(Level.DISTRICT, "").startswith("grdp"), indicator.id
    assert indicators["share_services"].levels[Level.DISTRICT].basis == "production_value"


def test_structure_is_converted_from_four_parts_to_three() -> None:
    (target,) = (t for t in real().targets if t.indicator == "share_services")
    conversion = real().indicators["share_services"].conversion
    assert conversion is not None
    assert (conversion.from_basis, conversion.to_basis) == ("grdp_four_part", target.basis)
    assert conversion.product_taxes == "share_product_taxes"


def test_the_decrees_shares_add_up_to_99_and_103() -> None:
    (mix,) = share_mixes(real())
    assert (mix.low, mix.high, mix.exists) == (Decimal(99), Decimal(103), True)


def test_a_report_is_due_on_the_fifth_after_the_quarter() -> None:
    due = [real().due_date(Period(2018, q), "A").isoformat() for q in (1, 2, 3, 4)]
    assert due == ["2018-04-05", "2018-07-05", "2018-10-05", "2019-01-05"]


def test_decimals_follow_the_level() -> None:
    revenue = real().indicators["budget_revenue"]
    assert revenue.decimals_at(Level.PROVINCE) == 0
    assert revenue.decimals_at(Level.DISTRICT) == 1


def test_estimates_are_marked_where_grdp_is_not_published() -> None:
    assert real().indicators["grdp_growth"].status_by_quarter == {1: "E", 3: "E"}


# Mistakes ----------------------------------------------------------------------------

MISTAKES = [
    # entry, written, instead, field, message
    ("grdp_growth", "high: 8.5}", "hgih: 8.5}", "target.hgih", "this field is not known"),
    ("grdp_growth", "high: 8.5}", "hgih: 8.5}", "target.high", "is missing: range needs it"),
    ("grdp_growth", "low: 8,", "low: 9,", "target.low", "9 is above high, 8.5"),
    ("grdp_growth", "high: 8.5", 'high: "8,5"', "target.high", "should be a number such as"),
    ("grdp_growth", "high: 8.5", "high: 8.555", "target.high", "more decimals than the 2"),
    ("grdp_growth", "low: 8,", "low: -60,", "target.low", "outside the bounds -50 to 100"),
    ("grdp_growth", "low: 8,", "value: 8, low: 8,", "target.value", "range has no such figure"),
    ("grdp_growth", "kind: range", "kind: at_most", "target.kind", "goes with direction decrease"),
    ("grdp_growth", "direction: increase", "direction: hold", "target.kind", "a range needs"),
    ("grdp_growth", "sector: growth", "sector: grwth", "sector", '"grwth" is not in sectors'),
    ("grdp_growth", "unit_of_measure: percent", "unit_of_measure: pct", "unit_of_measure", "pct"),
    ("grdp_growth", "statistics_office", "statistic", "levels.province.reporter", "not in agenc"),
    ("grdp_growth", "statistics_office", "null", "levels.province.reporter", "nobody reports it"),
    ("grdp_growth", "statistics_office", "org_unit", "levels.province.reporter", "no form A"),
    ("grdp_growth", "reporter: statistics_office", "reporter: [a, b]", "levels.province", "text"),
    ("grdp_growth", "basis: grdp", "basis: gdp", "levels.province.basis", "not in bases"),
    ("grdp_growth", "province: {", "provinse: {", "levels.provinse", "should be"),
    ("grdp_growth", "clause: ", "claus: ", "decree.claus", "this field is not known"),
    ("grdp_growth", "words: tốc", "words: Tốc", "decree.words", "letter by letter"),
    ("grdp_growth", "en: GRDP growth}", 'en: ""}', "name.en", "must not be empty"),
    ("grdp_growth", ", en: GRDP growth}", "}", "name.en", "is missing"),
    ("grdp_growth", "decimals: 2", "decimals: two", "decimals", "should be a whole number"),
    ("grdp_growth", "growth: true", "growth: yes", "growth", "should be true or false"),
    ("grdp_growth", "role: target", "role: followed", "target", "the role followed has no target"),
    ("grdp_growth", "id: grdp_growth", "id: share_services", "id", "is already used in line"),
    ("grdp_growth", "weight: 1", "weight: -1", "weight", "must not be negative"),
    ("grdp_growth", "weight: 1", "weight: 1\n    weight: 2", "weight", "the key is already used"),
    ("grdp_growth", "weight: 1", "pace: {Q4: 1}", "pace", "a rate has no pace"),
    ("grdp_growth", "weight: 1", "asked_at: [Q2, Q1, Q4]", "asked_at", "in order"),
    ("grdp_growth", "weight: 1", "asked_at: [Q1]", "asked_at", "must have Q4"),
    ("grdp_growth", "weight: 1", "good_side: below", "good_side", "only a band"),
    ("grdp_growth", "{low: -50, high: 100}", "{low: 9, high: 9}", "bounds.low", "not below high"),
    ("grdp_growth", "across_units: reported", "across_units: sum", "across_units", "a rate cannot"),
    ("growth_services", "parent: grdp", "parent: gdp", "parent", "not in indicators"),
    ("share_agriculture", "measure: rate", "measure: flow", "target.kind", "a band cannot be set"),
    (
        "share_agriculture",
        "to_basis: three_part",
        "to_basis: grdp",
        "conversion.to_basis",
        "target",
    ),
    (
        "share_agriculture",
        "product_taxes: share_product_taxes",
        "product_taxes: budget_revenue",
        "conversion.product_taxes",
        "is not measured on the basis grdp_four_part",
    ),
    ("income_per_capita", "annual: true", "annual: true\n    asked_at: [Q4]", "asked_at", "annual"),
    ("budget_revenue", "value: 6296", "value: 6.296", "target.value", "more decimals than the 0"),
    (
        "budget_revenue",
        "value: 6296",
        "value: 6296, by_quarter: {Q2: {value: 3000}, Q4: {value: 6000}}",
        "target.by_quarter.Q4",
        "differs from the year's own figures",
    ),
    (
        "budget_revenue",
        "value: 6296",
        "value: 6296, by_quarter: {Q2: {low: 3000}}",
        "target.by_quarter.Q2.value",
        "is missing",
    ),
    ("budget_revenue", "weight: 1", "pace: {Q1: 0.3, Q2: 0.2, Q3: 0.7, Q4: 1}", "pace.Q2", "less"),
    ("budget_revenue", "weight: 1", "pace: {Q1: 0.3, Q2: 1.2, Q3: 1, Q4: 1}", "pace.Q2", "between"),
    (
        "budget_revenue",
        "weight: 1",
        "pace: {Q1: 0.3, Q2: 0.4, Q3: 0.7, Q4: 0.9}",
        "pace.Q4",
        "be 1",
    ),
    ("budget_revenue", "weight: 1", "pace: {Q2: 0.4, Q3: 0.7, Q4: 1}", "pace.Q1", "is missing"),
    ("budget_revenue", "weight: 1", "pace: {Q5: 1}", "pace.Q5", "should be 'Q1'"),
    (
        "budget_revenue",
        "weight: 1",
        "thresholds: {at_risk_from: 0.98}",
        "thresholds.at_risk_from",
        "0.98 is above on_track_from, 0.97",
    ),
    (
        "budget_revenue",
        "weight: 1",
        "thresholds: {near_miss: 5}",
        "thresholds.near_miss",
        "part of",
    ),
    ("new_rural_communes", "decimals: 0", "decimals: 1", "decimals", "counts whole things"),
    ("new_rural_communes", "reporter: null", "x: 1", "levels.province.reporter", "is missing"),
    (
        "road_hardening_rate",
        "    numerator: communes_hardened_road\n",
        "",
        "numerator",
        "is missing",
    ),
    (
        "road_hardening_rate",
        "numerator: communes_hardened_road",
        "numerator: x",
        "numerator",
        '"x"',
    ),
    (
        "road_hardening_rate",
        "denominator: rural_communes_total",
        "denominator: share_product_taxes",
        "denominator",
        "does not exist at level district",
    ),
    (
        "road_hardening_rate",
        "numerator: communes_hardened_road",
        "numerator: communes_with_model",
        "numerator",
        "is a ratio itself",
    ),
    ("road_hardening_rate", "across_units: ratio", "across_units: sum", "numerator", "has none"),
    ("road_hardening_rate", "across_units: ratio", "across_units: weighted_mean", "weight_ind", ""),
    ("poverty_rate", "role: followed", "role: target", "target", "is missing: the role is target"),
    ("poverty_rate", "    decree:\n", "    decre:\n", "decre", "this field is not known"),
    ("finance_department", "id: finance_department", "id: idle", "", "reports no figure"),
    ("exemplars_conference", "owner: home_affairs", "owner: nobody", "owner", "not in agencies"),
    ("exemplars_conference", "    owner: home_affairs\n", "", "owner", "exactly one of"),
    ("", "Q3: {day: 5, month: 10}", "Q3: {day: 31, month: 9}", "due.Q3.day", "has no day 31"),
    (
        "budget_revenue",
        "across_units: reported",
        "across_units: reported\n    reconcile_with: sum",
        "reconcile_with",
        "two bases",
    ),
    (
        "share_services",
        "across_units: reported",
        "across_units: reported\n    reconcile_with: sum",
        "reconcile_with",
        "cannot be added up",
    ),
    (
        "staff_reduction",
        "reconcile_with: sum",
        "reconcile_with: ratio",
        "reconcile_with",
        "computes nothing",
    ),
    ("staff_reduction", "across_units: reported", "across_units: sum", "reconcile_with", "anyway"),
    (
        "growth_services",
        "contribution_weight: share_services",
        "contribution_weight: initiatives",
        "contribution_weight",
        "no share of a whole",
    ),
    (
        "growth_services",
        "contribution_weight: share_services",
        "contribution_weight: shares",
        "contribution_weight",
        "not in indicators",
    ),
    ("growth_services", "parent: grdp_growth", "linear: true", "contribution_weight", "parent"),
    ("", "  Q3: {day: 5, month: 10}\n", "", "due.Q3", "is missing"),
    ("", "period: 2018-Q3", "period: 2018-Q5", "demo.period", "is not a period"),
    ("", "period: 2018-Q3", "period: 2018", "demo.period", "should be a quarter"),
    ("", "period: 2018-Q3", 'period: "2018"', "demo.period", "must be a quarter"),
    ("", "B: automatic", "B: never", "approval.B", "should be 'automatic' or 'manual'"),
    ("", ", B: automatic", "", "approval.B", "is missing"),
    ("", "in_force_from: 2018-01-01", "in_force_from: 01/01/2018", "in_force_from", "a day such"),
    ("", "on_track_from: 0.97", "on_track_from: 97", "thresholds.on_track_from", "a part of one"),
    ("", "plan_year: 2018", "plan_yaer: 2018", "plan_yaer", "this field is not known"),
    ("", "plan_year: 2018", "plan_yaer: 2018", "plan_year", "is missing"),
    ("", "\ncommitments:", "\ncommitmets:", "commitments", "is missing or empty"),
]


@pytest.mark.parametrize(("entry", "old", "new", "field", "message"), MISTAKES)
def test_a_mistake_is_named_with_line_entry_and_field(
    tmp_path: Path, entry: str, old: str, new: str, field: str, message: str
) -> None:
    found = mistakes(tmp_path, changed(entry, old, new))
    written = re.match(r".*id: (\w+)", new)
    name = written[1] if written else entry
    wanted = [field, *([f'"{name}"'] if entry else [])]
    assert [m for m in found if message in m and all(part in m for part in wanted)], found
    assert all(re.match(r"kpi_definitions\.yaml:\d+, ", m) for m in found)


def test_the_line_is_that_of_the_field(tmp_path: Path) -> None:
    text = changed("growth_services", "low: 8, high: 9}", "low: 8, hihg: 9}")
    first, second = mistakes(tmp_path, text)
    line = line_of(text, "hihg")
    assert first == (
        f'kpi_definitions.yaml:{line}, indicators "growth_services", target.hihg: '
        "this field is not known"
    )
    assert second.endswith("target.high: is missing: range needs it")


def test_every_mistake_is_listed_at_once_in_the_order_of_the_file(tmp_path: Path) -> None:
    text = changed("grdp_growth", "sector: growth", "sector: grwth")
    text = text.replace("value: 6296", "value: 6.296").replace("owner: home_affairs", "owner: x")
    text = text.replace("near_miss: 0.005", "near_miss: a lot")
    found = mistakes(tmp_path, text)
    assert len(found) == 5
    lines = [int(m.split(":")[1].split(",")[0]) for m in found]
    assert lines == sorted(lines)


def test_a_broken_entry_is_still_known_to_those_that_refer_to_it(tmp_path: Path) -> None:
    found = mistakes(tmp_path, changed("rural_communes_total", "role: input", "role: inptu"))
    assert len(found) == 1


def test_one_mistake_does_not_hide_another_in_the_same_entry(tmp_path: Path) -> None:
    text = changed("grdp_growth", "sector: growth", "sector: grwth")
    found = mistakes(tmp_path, text.replace("    decimals: 2\n", "    decimals: two\n", 1))
    assert [m.split(", ")[2].split(":")[0] for m in found] == ["sector", "decimals"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", ":1: the file must be a mapping"),
        ("- a\n- b\n", ":1: the file must be a mapping"),
        ("a: [1, 2\nb: 3\n", "not valid YAML"),
        ("a: b: c\n", ":1: not valid YAML"),
        ("a: \x07\n", "not valid YAML"),
        ("a: !!python/object/apply:os.getcwd []\n", "is not allowed"),
        ("a: &x [*x]\n", "refers to itself"),
        ("? [a]\n: 1\n", "a key must be a plain word"),
        ("indicators: none\n", "indicators: is missing or empty"),
    ],
)
def test_a_document_of_the_wrong_form_is_a_definitions_error(
    tmp_path: Path, text: str, message: str
) -> None:
    assert any(message in m for m in mistakes(tmp_path, text))


def test_a_missing_file_is_a_definitions_error(tmp_path: Path) -> None:
    with pytest.raises(DefinitionsError, match="cannot be read"):
        load_definitions(tmp_path / "nowhere.yaml")


def test_a_file_in_another_encoding_is_a_definitions_error(tmp_path: Path) -> None:
    path = tmp_path / "kpi_definitions.yaml"
    path.write_bytes("vi: Lạng Sơn".encode("utf-16"))
    with pytest.raises(DefinitionsError, match="cannot be read"):
        load_definitions(path)
