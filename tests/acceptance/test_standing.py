"""The published points recomputed from the raw submissions by another, deliberately plain way.

Nothing of ``kpi``, ``store`` or ``reports`` is used for the second computation: rows of SQLite,
the YAML files, and fractions.
"""

from __future__ import annotations

import json
import shutil
import sqlite3
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner, Result

import bootstrap

ROOT = Path(__file__).parent.parent.parent


def run(*arguments: object) -> Result:
    import manage

    return CliRunner().invoke(manage.cli, [str(one) for one in arguments])


def document(*arguments: object) -> Any:
    result = run(*arguments, "--json")
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def units(found: Any) -> dict[str, Any]:
    return {one["org_unit"]: one for cluster in found["clusters"] for one in cluster["units"]}


# --- the plain way -----------------------------------------------------------------------


def half_up(exact: Fraction, decimals: int) -> Decimal:
    sign = -1 if exact < 0 else 1
    scaled = abs(exact) * 10**decimals
    whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    return Decimal(sign * whole).scaleb(-decimals)


def printed(exact: Fraction) -> Decimal:
    """One decimal; more where 100 would be claimed that is not there."""
    for decimals in (1, 2, 3):
        shown = half_up(exact, decimals)
        if shown != 100 or exact == 100:
            return shown
    return Decimal(100)


class Plain:
    """Everything needed, read once."""

    def __init__(self, file: Path) -> None:
        with sqlite3.connect(file) as base:
            self.values = {
                (indicator, unit, period): value
                for indicator, unit, period, value in base.execute(
                    "select o.indicator, o.org_unit, o.period, o.value from observation o"
                    " join submission s on s.id = o.submission_id"
                    " where s.state = 'approved' order by s.id"
                )
            }
            self.targets = {
                (indicator, unit): (kind, low, high, baseline)
                for indicator, unit, kind, low, high, baseline in base.execute(
                    "select indicator, org_unit, kind, low, high, baseline"
                    " from target where year = 2018 and replaced_on is null"
                )
            }
            self.sent: dict[tuple[str, str], date] = {}
            for reporter, period, at in base.execute(
                "select reporter, period, submitted_at from submission"
                " where state = 'approved' order by id"
            ):
                day = (datetime.fromisoformat(at) + timedelta(hours=7)).date()
                self.sent.setdefault((reporter, period), day)
            # what nothing has taken the place of
            self.honours = base.execute(
                "select register, org_unit, direct_worker from honour where year = 2018"
                " and not taken_back and id not in"
                " (select replaces from honour where replaces is not null)"
            ).fetchall()
        text = (ROOT / "kpi_definitions.yaml").read_text(encoding="utf-8")
        self.due = yaml.safe_load(text)["due"]
        self.indicators = {one["id"]: one for one in yaml.safe_load(text)["indicators"]}
        rules = (ROOT / "data" / "emulation" / "2018.yaml").read_text(encoding="utf-8")
        self.rules = yaml.safe_load(rules)

    def value(self, id_: str, unit: str, period: str) -> Fraction | None:
        of = self.indicators[id_]
        if of.get("numerator"):
            above = self.value(of["numerator"], unit, period)
            below = self.value(of["denominator"], unit, period)
            if above is None or not below:
                return None
            exact = 100 * above / below
        else:
            annual = f"{period[:4]}" if (id_, unit, period[:4]) in self.values else period
            raw = self.values.get((id_, unit, annual))
            if raw is None:
                return None
            exact = Fraction(str(raw))
        return Fraction(half_up(exact, self.decimals(of)))

    @staticmethod
    def decimals(of: dict[str, Any]) -> int:
        level = (of.get("levels") or {}).get("district")
        declared = level.get("decimals") if isinstance(level, dict) else None
        return int(of["decimals"] if declared is None else declared)

    def attainment(self, id_: str, unit: str) -> tuple[Decimal | None, bool]:
        """So với kế hoạch at the year's end, and whether it is exceeded."""
        a, before = self.value(id_, unit, "2018-Q4"), self.value(id_, unit, "2017-Q4")
        kind, low, high, baseline = self.targets[id_, unit]
        if a is None:
            return None, False
        edges = [None if edge is None else Fraction(str(edge)) for edge in (low, high)]
        first, last = edges
        if kind == "below_previous":
            assert before is not None
            if a < before or a == before == 0:
                return Decimal(100), False
            rest = min(Fraction("99.9"), 100 * (2 - a / before)) if before else Fraction(0)
            return printed(max(Fraction(0), rest)), False
        if kind == "at_least":
            assert first is not None
            return printed(max(Fraction(0), 100 * a / first)), a > first
        if kind == "at_most":
            assert last == 0
            if a <= 0:
                return Decimal(100), False
            start = Fraction(str(baseline)) if baseline is not None else before
            assert start
            return printed(max(Fraction(0), 100 * (start - a) / start)), False
        assert first is not None
        assert last is not None
        if first <= a <= last:
            return Decimal(100), False
        if kind == "range":
            return printed(max(Fraction(0), 100 * a / first if a < first else 100 * a / last)), (
                a > last
            )
        return printed(max(Fraction(0), 100 * a / first if a < first else 100 * (2 - a / last))), (
            False
        )

    def total(self, unit: str) -> Decimal:
        rules, decimals = self.rules, self.rules["decimals"]
        points, bonus = Decimal(0), Decimal(0)
        for group in rules["groups"]:
            items = [one for one in rules["items"] if one["group"] == group["id"]]
            counted = [
                one for one in items
                if one.get("full_at") or (one["indicator"], unit) in self.targets
            ]  # fmt: skip
            counted += [
                one for one in rules["tallies"]
                if one["group"] == group["id"] and self.tally(one["tally"], unit) is not None
            ]  # fmt: skip
            weight = sum(Fraction(str(one["max"])) for one in counted)
            for one in counted:
                part, exceeded = self.part(one, unit)
                exact = Fraction(str(one["max"])) * Fraction(str(group["max"])) / weight * part
                points += half_up(exact, decimals)
                bonus += Decimal(str(rules["bonus"]["exceeded"])) if exceeded else 0
        points += max(Decimal(0), self.reporting(unit))
        return min(Decimal(rules["total"]), points + min(bonus, Decimal(rules["bonus"]["most"])))

    def part(self, item: dict[str, Any], unit: str) -> tuple[Fraction, bool]:
        if "tally" in item:
            counted = self.tally(item["tally"], unit)
            assert counted is not None
            return min(Fraction(1), counted / Fraction(str(item["full_at"]))), False
        id_ = item["indicator"]
        if item.get("full_at"):
            value = self.value(id_, unit, "2018-Q4")
            return (Fraction(0) if value is None else min(Fraction(1), value / item["full_at"])), (
                False
            )
        attained, exceeded = self.attainment(id_, unit)
        if attained is None:
            return Fraction(0), False
        if item.get("steps"):
            reached = (s["points"] for s in item["steps"] if attained >= s["from"])
            return Fraction(next(reached, 0), item["max"]), exceeded
        return min(Fraction(1), Fraction(attained) / 100), exceeded

    def tally(self, name: str, unit: str) -> Fraction | None:
        own = [(register, direct) for register, of, direct in self.honours if of == unit]
        awards = [direct for register, direct in own if register == "award"]
        if name == "exemplars":
            return Fraction(len(own) - len(awards))
        if name == "awards":
            return Fraction(len(awards))
        assert name == "direct_workers"
        return Fraction(100 * sum(awards), len(awards)) if awards else None

    def reporting(self, unit: str) -> Decimal:
        declared = self.rules["reporting"]
        left = next(g["max"] for g in self.rules["groups"] if g["id"] == declared["group"])
        for quarter in (1, 2, 3, 4):
            named = self.due[f"Q{quarter}"]
            due = date(2018 + named.get("years", 0), named["month"], named["day"])
            came = self.sent.get((unit, f"2018-Q{quarter}"))
            if came is None:
                left -= declared["missing"]
            elif came > due:
                late = declared["late_per_day"] * (came - due).days
                left -= min(declared["late_most"], late)
        return Decimal(left)


# --- and what is published ---------------------------------------------------------------


def test_every_total_follows_from_the_raw_submissions(database: Path) -> None:
    plain, found = Plain(database), units(document("standing", "--period", "2018-Q4"))
    assert len(found) == 11
    for unit, one in found.items():
        assert Decimal(one["total"]) == plain.total(unit), unit


def test_every_line_adds_up_and_names_its_cells(database: Path) -> None:
    for one in units(document("standing", "--period", "2018-Q4")).values():
        points = [Decimal(line["points"]) for line in one["lines"] if line["points"] is not None]
        assert sum(points) == Decimal(one["total"])
        for line in one["lines"]:
            if line["ground"] in {"attainment", "steps", "figure"}:
                assert line["cells"], line
            if line["ground"] == "tally" and Decimal(line["points"]):
                assert line["entries"], line


def test_ranks_are_those_of_the_totals_inside_the_cluster(database: Path) -> None:
    found = document("standing", "--period", "2018-Q4")
    assert [len(cluster["units"]) for cluster in found["clusters"]] == [5, 6]
    for cluster in found["clusters"]:
        totals = [Decimal(one["total"]) for one in cluster["units"]]
        for one in cluster["units"]:
            better = sum(other > Decimal(one["total"]) for other in totals)
            assert one["rank"] == better + 1
            assert one["rank_from"] <= one["rank"] <= one["rank_to"]


def test_a_district_with_too_few_figures_is_not_ranked(database: Path) -> None:
    found = units(document("standing", "--period", "2018-Q3", "--as-of", "2018-10-10"))
    assert (found["189"]["rank"], found["189"]["not_ranked"]) == (None, "data")
    assert sum(one["rank"] is None for one in found.values()) == 1


def test_a_rehearsal_says_whose_rank_moves_and_changes_nothing(
    database: Path, tmp_path: Path
) -> None:
    rules = (ROOT / "data" / "emulation" / "2018.yaml").read_text(encoding="utf-8")
    other = tmp_path / "other.yaml"
    other.write_text(rules.replace("late_per_day: 1", "late_per_day: 0"), encoding="utf-8")
    before = document("standing", "--period", "2018-Q4")
    moved = document("standing", "--period", "2018-Q4", "--rules", other)
    assert {one["org_unit"] for one in moved} == set(units(before))
    gained = {o["org_unit"]: Decimal(o["other_total"]) - Decimal(o["total"]) for o in moved}
    assert gained["181"] == 3  # four days late, at most three points
    assert document("standing", "--period", "2018-Q4") == before


def test_a_closed_year_is_not_ranked_again(
    database: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = document("standing", "--period", "2018-Q4")
    assert run("close-standing", "2018", "--decision", "12/QĐ-UBND ngày 20/01/2019").exit_code == 0
    again = run("close-standing", "2018", "--decision", "13/QĐ-UBND")
    assert again.exit_code == 1
    assert "đã chốt" in again.output

    changed = tmp_path / "data"
    shutil.copytree(ROOT / "data" / "emulation", changed / "emulation")
    for name in ("org_units.yaml", "targets", "samples"):
        (changed / name).symlink_to(ROOT / "data" / name)
    file = changed / "emulation" / "2018.yaml"
    file.write_text(
        file.read_text(encoding="utf-8").replace("late_per_day: 1", "late_per_day: 0"), "utf-8"
    )
    monkeypatch.setenv("KPI_DATA", str(changed))
    bootstrap.forget()
    assert run("withdraw", "181", "--reason", "thử").exit_code == 0
    after = document("standing", "--period", "2018-Q4")
    assert after["closed"]["decision"] == "12/QĐ-UBND ngày 20/01/2019"
    assert after["clusters"] == before["clusters"]


def test_a_year_without_rules_or_decision_is_not_closed(database: Path) -> None:
    assert run("close-standing", "2017", "--decision", "1/QĐ").exit_code == 1
    assert run("close-standing", "2018", "--decision", " ").exit_code == 1
    assert document("standing", "--period", "2017-Q4") is None


def test_rounding_of_the_plain_way_is_half_away() -> None:
    assert half_up(Fraction("8.45"), 1) == Decimal("8.5")
    assert (
        half_up(Fraction("-8.45"), 1)
        == Decimal("8.45").quantize(Decimal("0.1"), ROUND_HALF_UP).copy_negate()
    )
