"""The method once more, by a deliberately plain path: workbooks in, judged figures out.

Another author could have written it from the decree's method alone: it imports nothing of the
product. The workbooks come out of the database as the bytes that were sent and are read with
openpyxl; definitions, units and targets are read from their YAML files as plain data; the
arithmetic is ``Fraction`` to the end and rounded once.

Not here: bounds, thresholds or targets that a single indicator may declare and the decree's do
not, and targets revised within the year.
"""

from __future__ import annotations

import io
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from fractions import Fraction
from functools import cache, cached_property
from pathlib import Path
from statistics import median
from typing import Any

import openpyxl
import yaml

ROOT = Path(__file__).parent.parent
PROVINCE = "20"
GOOD, BAD = ("met", "exceeded", "on_track"), ("at_risk", "off_track", "missed")


def rounded(exact: Fraction, decimals: int) -> Fraction:
    """Half away from zero."""
    scaled = abs(exact) * 10**decimals
    whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    return Fraction(-whole if exact < 0 else whole, 10**decimals)


def percent(exact: Fraction, landmark: int) -> tuple[Fraction, int]:
    """A percentage with its decimals: one, more where it would print like the landmark."""
    for decimals in (1, 2, 3):
        shown = rounded(exact, decimals)
        if exact == landmark or shown != landmark:
            return shown, decimals
    return Fraction(landmark), 1


@dataclass(frozen=True)
class Cell:
    """A figure as it was sent: by whom, when; ``value`` None where there is a mark."""

    value: Fraction | None
    text: str
    reporter: str
    day: date


@dataclass(frozen=True)
class Filed:
    """A workbook that came: when, for how many figures it asks, and how many it answers."""

    day: date
    asked: int
    answered: int


class Workbooks:
    """The cells of every approved workbook, the later over the earlier."""

    def __init__(self, database: Path, annual: set[str]) -> None:
        self.cells: dict[tuple[str, str, str], Cell] = {}
        with closing(sqlite3.connect(database)) as kept:
            rows = kept.execute(
                "SELECT s.reporter, s.period, s.submitted_at, f.content FROM submission s"
                " JOIN submission_file f ON f.digest = s.file_digest"
                " WHERE s.state = 'approved' ORDER BY s.decided_at, s.id"
            ).fetchall()
        self.count = len(rows)
        self.filed: dict[tuple[str, str], list[Filed]] = {}
        for reporter, period, at, content in rows:
            day = (datetime.fromisoformat(at) + timedelta(hours=7)).date()
            asked = _sheet(reporter, content)
            given = [text for text in asked.values() if text not in (None, "", "…")]
            filed = Filed(day, len(asked), len(given))
            self.filed.setdefault((reporter, period), []).append(filed)
            for (indicator, unit), text in asked.items():
                if text in (None, ""):
                    continue
                when = period[:4] if indicator in annual else period
                self.cells[indicator, unit, when] = Cell(_number(text), str(text), reporter, day)


@cache
def _sheet(reporter: str, content: bytes) -> dict[tuple[str, str], object]:
    book = openpyxl.load_workbook(io.BytesIO(content), data_only=True, read_only=True)
    rows = list(book.worksheets[0].iter_rows(values_only=True))
    head = next(number for number, row in enumerate(rows) if row[0] == "Mã")
    names = list(rows[head])
    value = next(n for n, name in enumerate(names) if str(name).startswith("Thực hiện"))
    unit = names.index("Mã đơn vị") if "Mã đơn vị" in names else None
    return {
        (str(row[0]), reporter if unit is None else str(row[unit])): row[value]
        for row in rows[head + 1 :]
        if row[0]
    }


def _number(cell: object) -> Fraction | None:
    """A number as Excel shows it to 15 digits; a text with a decimal comma."""
    if isinstance(cell, int | float):
        return Fraction(f"{cell:.15g}")
    text = str(cell).strip()
    if not any(sign.isdigit() for sign in text):
        return None
    return Fraction(text.replace(".", "").replace(",", ".") if "," in text else text)


@dataclass
class Judged:
    """One figure of one unit at one quarter, as the method gives it."""

    indicator: str
    unit: str
    value: Fraction | None = None
    status: str = ""
    target: dict[str, Any] | None = None
    previous: Fraction | None = None
    expected: Fraction | None = None
    share: Fraction | None = None  # of the year, expected by now
    baseline: Fraction | None = None
    ratio: Fraction | None = None
    attainment: tuple[Fraction, int] | None = None
    change: tuple[Fraction, int] | None = None
    forecast: tuple[Fraction, Fraction, Fraction] | None = None
    present: tuple[str, ...] | None = None  # of a figure made of the districts'
    asked: tuple[str, ...] = ()
    sources: tuple[Cell, ...] = ()

    @property
    def low(self) -> Fraction | None:
        return _edge(self.target, "low")

    @property
    def high(self) -> Fraction | None:
        return _edge(self.target, "high")

    @property
    def kind(self) -> str:
        return "" if self.target is None else self.target["kind"]


def _edge(target: dict[str, Any] | None, name: str) -> Fraction | None:
    if target is None:
        return None
    found = target.get(name)
    if found is None and (target["kind"], name) in (("at_least", "low"), ("at_most", "high")):
        found = target["value"]
    return None if found is None else Fraction(str(found))


class Plain:
    """Everything that can be counted from the workbooks for one quarter of 2018."""

    def __init__(self, database: Path) -> None:
        text = (ROOT / "kpi_definitions.yaml").read_text(encoding="utf-8")
        self.definitions = yaml.safe_load(text)
        self.indicators = {one["id"]: one for one in self.definitions["indicators"]}
        annual = {id_ for id_, one in self.indicators.items() if one.get("annual")}
        self.books = Workbooks(database, annual)
        self.limits = {
            key: Fraction(str(value)) for key, value in self.definitions["thresholds"].items()
        }
        self.units_of_measure = {u["id"]: u for u in self.definitions["units_of_measure"]}
        org_units = yaml.safe_load((ROOT / "data" / "org_units.yaml").read_text(encoding="utf-8"))
        self.org_units = {str(one["code"]): one for one in org_units["units"]}
        self.districts = [code for code in self.org_units if code != PROVINCE]
        self.assigned = self._assigned()

    @staticmethod
    def _assigned() -> dict[tuple[str, str], dict[str, Any]]:
        text = (ROOT / "data" / "targets" / "2018.yaml").read_text(encoding="utf-8")
        found = {}
        for one in yaml.safe_load(text)["targets"]:
            for code, edges in one.get("units", {}).items():
                found[one["indicator"], code] = {"kind": one["kind"], **edges}
            if "each" in one:
                found[one["indicator"], "each"] = {"kind": one["kind"], **one["each"]}
        return found

    # --- figures -------------------------------------------------------------------------

    def cell(self, id_: str, unit: str, period: str) -> Cell | None:
        return self.books.cells.get(
            (id_, unit, period[:4] if self.indicators[id_].get("annual") else period)
        )

    def raw(self, id_: str, unit: str, period: str) -> Fraction | None:
        found = self.cell(id_, unit, period)
        return None if found is None else found.value

    def decimals(self, id_: str, unit: str) -> int:
        of = self.indicators[id_]
        level = of["levels"].get("province" if unit == PROVINCE else "district") or {}
        return int(level.get("decimals", of["decimals"]))

    def is_percent(self, id_: str) -> bool:
        return bool(
            self.units_of_measure[self.indicators[id_]["unit_of_measure"]].get("is_percent")
        )

    def is_count(self, id_: str) -> bool:
        return bool(self.units_of_measure[self.indicators[id_]["unit_of_measure"]].get("is_count"))

    def ids(self, id_: str) -> tuple[str, ...]:
        """What a figure is made of."""
        of = self.indicators[id_]
        return (of["numerator"], of["denominator"]) if of.get("numerator") else (id_,)

    def is_made(self, id_: str, unit: str) -> bool:
        """The province's own figure, made of the districts'."""
        return unit == PROVINCE and self.indicators[id_]["across_units"] in ("sum", "ratio")

    def present(self, id_: str, period: str) -> tuple[str, ...]:
        return tuple(
            unit for unit in self.districts
            if all(self.raw(name, unit, period) is not None for name in self.ids(id_))
        )  # fmt: skip

    def asked(self, id_: str, period: str) -> tuple[str, ...]:
        """The districts of which the figure exists: none says that it does not (x)."""
        marks = {
            unit: [self.cell(name, unit, period) for name in self.ids(id_)]
            for unit in self.districts
        }
        return tuple(
            unit for unit, cells in marks.items()
            if not any(cell is not None and cell.text.strip() in ("x", "X") for cell in cells)
        )  # fmt: skip

    def exact(self, id_: str, unit: str, period: str, of: tuple[str, ...] = ()) -> Fraction | None:
        """The figure unrounded; ``of``: of these districts only."""
        units = (of or self.present(id_, period)) if self.is_made(id_, unit) else (unit,)
        parts = [[self.raw(name, one, period) for name in self.ids(id_)] for one in units]
        if not parts or any(value is None for part in parts for value in part):
            return None
        sums = [sum((part[n] or Fraction(0) for part in parts), Fraction(0)) for n in
                range(len(parts[0]))]  # fmt: skip
        if len(sums) == 2:
            return 100 * sums[0] / sums[1] if sums[1] else None
        conversion = self.indicators[id_].get("conversion")
        if conversion and unit == PROVINCE:
            taxes = self.raw(conversion["product_taxes"], unit, period)
            return None if taxes is None else 100 * sums[0] / (100 - taxes)
        return sums[0]

    def value(self, id_: str, unit: str, period: str, of: tuple[str, ...] = ()) -> Fraction | None:
        exact = self.exact(id_, unit, period, of)
        return None if exact is None else rounded(exact, self.decimals(id_, unit))

    # --- what is expected ----------------------------------------------------------------

    def target(self, id_: str, unit: str) -> dict[str, Any] | None:
        of = self.indicators[id_]
        if of["role"] == "followed":
            return None
        if unit == PROVINCE:
            found = dict(of["target"])
        else:
            own = self.assigned.get((id_, unit)) or self.assigned.get((id_, "each"))
            if own is None:
                return None
            found = dict(own)
        rises = {"at_least": True, "at_most": False, "below_previous": False}
        found["rises"] = rises.get(found["kind"], of["direction"] == "increase")
        return found

    def year_shares(self, id_: str, unit: str) -> dict[int, list[Fraction]]:
        """Of each earlier year that has four figures, what part was reached when."""
        found = {}
        for year in range(2013, 2018):
            values = [self.value(id_, unit, f"{year}-Q{quarter}") for quarter in (1, 2, 3, 4)]
            known = [value for value in values if value is not None]
            same = len({self.present(id_, f"{year}-Q{q}") for q in (1, 2, 3, 4)}) == 1
            whole = len(known) == 4 and (same or not self.is_made(id_, unit))
            if whole and known[3] > 0 and all(0 <= value <= known[3] for value in known):
                found[year] = [value / known[3] for value in known]
        return found

    def share(self, id_: str, unit: str, quarter: int) -> Fraction | None:
        of = self.indicators[id_]
        if of["measure"] == "flow":
            years = self.year_shares(id_, unit)
            if len(years) >= self.limits["min_history_years"]:
                return Fraction(median(shares[quarter - 1] for shares in years.values()))
        return Fraction(quarter, 4) if of.get("linear", True) else None

    # --- one figure judged ---------------------------------------------------------------

    def judged(self, id_: str, unit: str, period: str) -> Judged:
        quarter, of = int(period[-1]), self.indicators[id_]
        one = Judged(id_, unit, target=self.target(id_, unit))
        if of.get("annual") and quarter < 4:
            one.status = "followed" if one.target is None else "not_due"
            return one
        made = self.is_made(id_, unit)
        if made:
            one.present, one.asked = self.present(id_, period), self.asked(id_, period)
        one.value = self.value(id_, unit, period)
        units = (one.present or ()) if made else (unit,)
        cells = [self.cell(name, code, period) for code in units for name in self.ids(id_)]
        one.sources = tuple(cell for cell in cells if cell is not None)
        if one.value is None:
            marks = {cell.text.strip() for cell in cells if cell is not None}
            nothing = marks & {"x", "X"} or (made and not one.asked) or self._no_whole(cells)
            one.status = "not_due" if nothing else "incomplete"
            one.status = "followed" if one.target is None else one.status
            return one
        self._against_last_year(one, period)
        self._against_plan(one, quarter)
        self._forecast(one, quarter)
        one.status = "followed" if one.target is None else self._status(one, quarter)
        if one.status == "incomplete":  # nothing is held against a part
            one.expected = one.attainment = one.forecast = one.ratio = one.share = None
        return one

    @staticmethod
    def _no_whole(cells: list[Cell | None]) -> bool:
        """A part of nothing: no commune at all."""
        return len(cells) == 2 and all(c is not None and c.value == 0 for c in cells)

    def _against_last_year(self, one: Judged, period: str) -> None:
        before = f"{int(period[:4]) - 1}{period[4:]}"
        of = one.present or ()
        if not of or set(of) <= set(self.present(one.indicator, before)):
            one.previous = self.value(one.indicator, one.unit, before, of)
        if one.previous is not None and one.previous > 0 and one.value is not None:
            exact = 100 * (one.value - one.previous) / one.previous
            if not self.is_percent(one.indicator):
                one.change = percent(exact, 0)

    def _against_plan(self, one: Judged, quarter: int) -> None:
        of, a = self.indicators[one.indicator], one.value
        if one.target is None or a is None:
            return
        t = self.reference(one)
        if of["measure"] == "stock":
            one.baseline = self.value(one.indicator, one.unit, "2017-Q4")
        if one.kind == "below_previous":
            one.expected = one.previous
        elif one.kind != "band":
            one.expected = self._expected(one, t, quarter)
        exact = self._attainment(one, t)
        falls_short_of_nothing = of["measure"] == "flow" and one.kind == "at_most" and quarter < 4
        negative = bool(of.get("growth")) and a < 0
        if exact is not None and not falls_short_of_nothing and not negative:
            one.attainment = percent(max(exact, Fraction(0)), 100)

    def reference(self, one: Judged) -> Fraction | None:
        """METHOD's t: the edge that has to be reached."""
        assert one.target is not None
        if one.kind == "below_previous":
            return one.previous
        if one.kind == "band":
            assert one.low is not None and one.high is not None and one.value is not None
            return one.low if abs(one.value - one.low) <= abs(one.value - one.high) else one.high
        return one.low if one.target["rises"] else one.high

    def _expected(self, one: Judged, t: Fraction | None, quarter: int) -> Fraction | None:
        measure = self.indicators[one.indicator]["measure"]
        if t is None or quarter == 4 or measure == "rate":
            return t
        one.share = self.share(one.indicator, one.unit, quarter)
        if one.share is None:
            return None
        if measure == "flow":
            return t * one.share
        b = one.baseline
        assert one.target is not None
        if b is None or (b >= t if one.target["rises"] else b <= t):
            one.share = None
            return None if b is None else t
        return b + (t - b) * one.share

    def _attainment(self, one: Judged, t: Fraction | None) -> Fraction | None:
        a, low, high = one.value, one.low, one.high
        assert a is not None and one.target is not None
        if one.kind == "at_least":
            return 100 * a / t if t else None
        if one.kind == "at_most":
            assert t == 0  # the decree's only one
            b = one.baseline
            return Fraction(100) if a <= 0 else (100 * (b - a) / b if b else None)
        if one.kind == "below_previous":
            if t is None:
                return None
            if a < t or a == t == 0:
                return Fraction(100)
            return min(Fraction("99.9"), 100 * (2 - a / t)) if t else Fraction(0)
        assert low is not None and high is not None
        if low <= a <= high:
            return Fraction(100)
        if a < low:
            return 100 * a / low
        return 100 * a / high if one.kind == "range" else 100 * (2 - a / high)

    def _forecast(self, one: Judged, quarter: int) -> None:
        a, of, decimals = one.value, self.indicators[one.indicator], self.decimals(
            one.indicator, one.unit
        )  # fmt: skip
        assert a is not None
        if quarter == 4:
            one.forecast = (a, a, a)
        elif of["measure"] == "flow":
            years = self.year_shares(one.indicator, one.unit)
            least = self.limits["min_forecast_share"]
            own = self.share(one.indicator, one.unit, quarter)
            if len(years) < self.limits["min_history_years"] or own is None or own < least:
                return
            single = [shares[quarter - 1] for shares in years.values()]
            ends = [rounded(a / part, decimals) for part in (own, *single) if part >= least]
            one.forecast = (rounded(a / own, decimals), min(ends), max(ends))
        elif of["measure"] == "stock" and one.share and one.baseline is not None:
            end = one.baseline + (a - one.baseline) / one.share
            bounds = of["bounds"]
            low = min(max(end, Fraction(bounds["low"])), Fraction(bounds["high"]))
            one.forecast = (rounded(low, decimals),) * 3

    # --- its status ----------------------------------------------------------------------

    def met(self, one: Judged) -> bool:
        a, low, high = one.value, one.low, one.high
        assert a is not None
        if one.kind == "below_previous":
            return one.previous is not None and (a < one.previous or a == one.previous == 0)
        if one.kind == "band":
            assert low is not None and high is not None
            return low <= a <= high
        if one.kind == "at_most":
            assert high is not None
            return a <= high
        assert low is not None
        return a >= low

    def _status(self, one: Judged, quarter: int) -> str:
        of, met = self.indicators[one.indicator], self.met(one)
        partial = one.present is not None and len(one.present) < len(one.asked)
        if one.kind == "below_previous" and one.previous is None and not partial:
            return "not_assessable"
        decided = of["measure"] == "rate" or one.kind == "below_previous"
        if quarter < 4 and one.expected is None and not met and not decided:
            return "not_assessable"
        if partial:
            assert one.target is not None
            weight = self._missing(one, f"2018-Q{quarter}")
            tolerated = weight <= self.limits["missing_weight"] and one.target["rises"]
            if quarter == 4 or not tolerated:
                adds = of["across_units"] == "sum" and one.target["rises"] and met
                return "met" if adds else "incomplete"
        if quarter == 4:
            return ("exceeded" if self._exceeded(one) else "met") if met else "missed"
        return self._before_the_end(one, met)

    def _missing(self, one: Judged, period: str) -> Fraction:
        """The part of the whole that the missing districts are."""
        name, before = self.ids(one.indicator)[-1], f"2017{period[4:]}"
        sizes = {
            unit: self.raw(name, unit, period) or self.raw(name, unit, before) for unit in one.asked
        }
        whole = sum((size or Fraction(0) for size in sizes.values()), Fraction(0))
        missing = set(one.asked) - set(one.present or ())
        return sum((sizes[unit] or Fraction(0) for unit in missing), Fraction(0)) / whole

    def _exceeded(self, one: Judged) -> bool:
        assert one.value is not None and one.target is not None
        if one.kind == "at_least":
            return one.low is not None and one.value > one.low
        if one.kind == "at_most":
            return one.high is not None and one.value < one.high
        return one.kind == "range" and one.high is not None and one.value > one.high

    def _before_the_end(self, one: Judged, met: bool) -> str:
        of, a = self.indicators[one.indicator], one.value
        assert a is not None and one.target is not None
        if one.kind == "below_previous":
            return self._beside_last_year(one, met)
        if one.kind == "band":
            assert one.low is not None and one.high is not None
            outside = max(one.low - a, a - one.high)
            near = outside <= one.high - one.low
            return "on_track" if met else "at_risk" if near else "off_track"
        if of["measure"] == "flow" and met and one.target["rises"]:
            return "exceeded" if self._exceeded(one) else "met"
        if of["measure"] == "stock" and met and one.kind != "range":
            return "met"
        if one.kind == "range" and met:
            return "on_track"
        return self._by_ratio(one)

    def _beside_last_year(self, one: Judged, met: bool) -> str:
        a, p = one.value, one.previous
        assert a is not None and p is not None
        limit = p * (1 + self.limits["previous_tolerance"])
        if self.is_count(one.indicator):
            limit = max(limit, p + 1)
        return "on_track" if met else "at_risk" if a <= limit else "off_track"

    def _by_ratio(self, one: Judged) -> str:
        a, e = one.value, one.expected
        assert a is not None and e is not None and one.target is not None
        rises, b, t = one.target["rises"], one.baseline, self.reference(one)
        if self.indicators[one.indicator]["measure"] == "stock" and one.share:
            assert b is not None and t is not None
            one.ratio = rounded((a - b) / ((t - b) * one.share), 3)
        elif e > 0:
            one.ratio = rounded(a / e if rises else 2 - a / e, 3)
        short = e - a if rises else a - e
        if one.ratio is not None and one.ratio >= self.limits["on_track_from"]:
            return "on_track"
        if short <= 0 or (self.indicators[one.indicator]["measure"] != "rate" and
                          short < self._step(one)):  # fmt: skip
            return "on_track"
        if one.ratio is None or one.ratio < self.limits["at_risk_from"]:
            return "off_track"
        return "at_risk"

    def _step(self, one: Judged) -> Fraction:
        """One more: a unit of the last decimal, of a ratio one commune."""
        decimals = self.decimals(one.indicator, one.unit)
        ids = self.ids(one.indicator)
        if len(ids) == 1:
            return Fraction(1, 10**decimals)
        units = one.present or (one.unit,)
        found = [cell.value for cell in one.sources if cell.value is not None][1::2]
        whole = sum(found, Fraction(0))
        assert len(found) == len(units)
        return Fraction(int(100 / whole * 10**decimals), 10**decimals)

    @cached_property
    def numbered(self) -> list[str]:
        """The decree's own, in its order."""
        return [id_ for id_, one in self.indicators.items() if one["role"] == "target"]

    @cached_property
    def shown(self) -> list[str]:
        return [id_ for id_, one in self.indicators.items() if one["role"] != "input"]

    def exists(self, id_: str, unit: str) -> bool:
        return ("province" if unit == PROVINCE else "district") in self.indicators[id_]["levels"]
