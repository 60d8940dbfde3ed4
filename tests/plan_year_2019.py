"""A plausible plan year 2019 for tests: the shipped decree a year on, with changes.

Made from the shipped file, so that it need not be kept twice. Nothing in it is a real
decision: there is no decree for 2019 here. What differs: the plan year and its version,
a higher budget target, one indicator fewer for the districts, one more.
"""

from __future__ import annotations

from pathlib import Path

from loaders.yaml_lines import read_text

ADDED = """
  - id: forest_cover
    name: {vi: Tỷ lệ che phủ rừng, en: Forest cover}
    short: {vi: Che phủ rừng, en: Forest cover}
    sector: administration
    role: followed
    decree: {clause: "2.c", quote: Nâng tỷ lệ che phủ rừng., words: tỷ lệ che phủ rừng}
    unit_of_measure: percent
    decimals: 1
    measure: stock
    direction: increase
    levels:
      district: {reporter: org_unit, basis: administrative_records}
    across_units: reported
    bounds: {low: 0, high: 100}

"""
REVENUE_2019 = 6900


def text_of(root: Path) -> str:
    """The YAML of 2019's definitions."""
    text = read_text(root / "kpi_definitions.yaml")
    for before, after in (
        ('version: "2018.1"', 'version: "2019.1"'),
        ("plan_year: 2018", "plan_year: 2019"),
        ("in_force_from: 2018-01-01", "in_force_from: 2019-01-01"),
        ("năm 2018 của tỉnh Lạng Sơn\n  en:", "năm 2019 của tỉnh Lạng Sơn\n  en:"),
        ("demo: {period: 2018-Q3}", "demo: {period: 2019-Q1}"),
        (
            "target: {kind: at_least, value: 6296}",
            f"target: {{kind: at_least, value: {REVENUE_2019}}}",
        ),
        ("\ncommitments:", f"{ADDED}\ncommitments:"),
    ):
        assert text.count(before) == 1, before
        text = text.replace(before, after)
    return _without(text, "poverty_rate")


def targets_of(root: Path) -> str:
    """The districts' targets for 2019: last year's figures under a new year."""
    text = read_text(root / "data" / "targets" / "2018.yaml")
    return text.replace("\nyear: 2018", "\nyear: 2019").replace("2018-01-01", "2019-01-01")


def _without(text: str, indicator: str) -> str:
    start = text.index(f"\n  - id: {indicator}\n")
    return text[:start] + text[text.index("\n  - id: ", start + 1) :]
