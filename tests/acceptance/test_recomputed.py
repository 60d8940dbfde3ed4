"""Every published figure counted again from the workbooks as they were sent.

``manage.py publish`` writes the folder of a period; ``tests/plain_path.py`` reads the raw
workbooks and judges them by a path that shares no code with the product; then the folder is
walked: every column of ``so-lieu.csv``, every row, count, sentence, fact, course and comparison of
every Vietnamese page; and who has reported, and how much of it (``completeness --json``). At last
each page is searched for digits that none of these explains.

Not recomputed: the footer (moment, data version, mark), digests and sizes of files, the words of
the decree and of the notes, which are quotations; and the geometry of the pictures, whose sentence
is. Of the English pages the digits of every row are held against the Vietnamese ones'.
Points and ranks are not in the folder; ``test_standing`` recomputes those. The workbook of the
folder is held against the screens, formulas included, by ``test_documents``.
"""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cached_property
from html import unescape
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.plain_path import BAD, GOOD, PROVINCE, Judged, Plain, rounded

PERIODS = ("2018-Q3", "2018-Q4")  # some reports missing; the year closed
STATUS = {
    "exceeded": "Vượt", "met": "Đạt", "on_track": "Đúng tiến độ", "at_risk": "Có nguy cơ",
    "off_track": "Chậm tiến độ", "missed": "Không đạt", "incomplete": "Chưa đủ số liệu",
    "not_due": "Chưa đến kỳ", "not_assessable": "Chưa thể đánh giá",
    "followed": "Theo dõi",
}  # fmt: skip
STRIP = (
    ("met", "exceeded"), ("on_track",), ("at_risk",), ("off_track", "missed"), ("incomplete",),
    ("not_due", "not_assessable"),
)  # fmt: skip
NOTHING = "–"
NUMBER = re.compile(r"[−+]?\d[\d.]*(?:,\d+)?")


@dataclass
class Folder:
    """A published folder, and what the plain path says of its period."""

    period: str
    path: Path
    plain: Plain

    @cached_property
    def judged(self) -> dict[tuple[str, str], Judged]:
        own = self.plain
        return {
            (id_, unit): own.judged(id_, unit, self.period)
            for unit in (PROVINCE, *own.districts)
            for id_ in own.shown
            if own.exists(id_, unit)
        }

    @property
    def quarter(self) -> int:
        return int(self.period[-1])

    def page(self, name: str) -> str:
        return (self.path / name).read_text(encoding="utf-8").split("<main", 1)[1]

    def of(self, unit: str) -> list[Judged]:
        """The targets of a unit that are counted."""
        return [o for (_, at), o in self.judged.items() if at == unit and o.status != "followed"]


@pytest.fixture(scope="module")
def plain(installed: Path) -> Plain:
    return Plain(installed)


@pytest.fixture(scope="module", params=PERIODS)
def folder(request: pytest.FixtureRequest, installed: Path, plain: Plain) -> Folder:
    import manage

    path = installed.parent / str(request.param)
    arguments = ["publish", "-o", str(path), "--period", request.param]
    result = CliRunner().invoke(manage.cli, arguments)
    assert result.exit_code == 0, result.output
    return Folder(request.param, path, plain)


# --- how a figure is written -------------------------------------------------------------


def vn(value: Fraction | None, decimals: int, *, signed: bool = False) -> str:
    if value is None:
        return NOTHING
    shown = rounded(value, decimals)
    digits = f"{int(abs(shown) * 10**decimals):0{decimals + 1}d}"
    whole, part = (digits[:-decimals], digits[-decimals:]) if decimals else (digits, "")
    text = f"{int(whole):,}".replace(",", ".") + (f",{part}" if part else "")
    return ("−" if shown < 0 else "+" if signed and shown > 0 else "") + text


def stated(value: Fraction) -> str:
    """As it was laid down, without a zero too many."""
    return next(vn(value, places) for places in range(9) if rounded(value, places) == value)


class Written:
    """What the pages print of one figure."""

    def __init__(self, one: Judged, plain: Plain, quarter: int) -> None:
        self.one, self.plain, self.quarter = one, plain, quarter
        self.decimals = plain.decimals(one.indicator, one.unit)
        self.of = plain.indicators[one.indicator]
        self.in_percent = plain.is_percent(one.indicator)

    def figure(self, value: Fraction | None, *, signed: bool = False) -> str:
        return vn(value, self.decimals, signed=signed)

    @property
    def plan(self) -> str:
        one, bounds = self.one, self.of["bounds"]
        if one.target is None:
            return NOTHING
        if one.kind == "below_previous":
            return "< cùng kỳ"
        if one.kind == "at_least":
            assert one.low is not None
            return stated(one.low) if one.low == bounds["high"] else f"≥ {stated(one.low)}"
        if one.kind == "at_most":
            assert one.high is not None
            return stated(one.high)
        assert one.low is not None and one.high is not None
        return f"{stated(one.low)} – {stated(one.high)}"

    @property
    def distance(self) -> Fraction | None:
        one = self.one
        if one.value is None or one.target is None or one.status == "incomplete":
            return None
        if one.kind in ("range", "band"):
            assert one.low is not None and one.high is not None
            return one.value - min(max(one.value, one.low), one.high)
        edge = one.previous if one.kind == "below_previous" else one.low
        edge = one.high if one.kind == "at_most" else edge
        return None if edge is None else one.value - edge

    def percent(self, found: tuple[Fraction, int] | None, *, signed: bool = False) -> str:
        return NOTHING if found is None else f"{vn(*found, signed=signed)}%"

    def apart(self, value: Fraction | None) -> str:
        return self.figure(value, signed=True) + (" đ.%" if self.in_percent else "")

    @property
    def variance(self) -> str:
        one, distance = self.one, self.distance
        if distance is None:
            return NOTHING
        if one.kind == "below_previous":
            if one.change is None:
                return NOTHING
            size = self.percent((abs(one.change[0]), one.change[1]))
            rising = f"tăng {size}" if one.change[0] > 0 else f"giảm {size}"
            return "không đổi" if one.change[0] == 0 else rising
        if one.kind == "at_least":
            return self.apart(distance) if self.in_percent else self.percent(one.attainment)
        if one.kind == "at_most":
            return "trong mức" if distance <= 0 else f"còn {self.figure(distance)}"
        if distance == 0:
            return "trong khoảng"
        beyond = one.kind == "range" and distance > 0
        return f"vượt {self.apart(distance)}" if beyond else self.apart(distance)

    @property
    def expected(self) -> str:
        """With one decimal more where what is counted need not be whole."""
        e = self.one.expected
        counted = self.plain.is_count(self.one.indicator)
        fine = counted and e is not None and e != rounded(e, self.decimals)
        return vn(e, self.decimals + fine)

    @property
    def pace(self) -> str:
        one = self.one
        t = self.plain.reference(one) if one.target and one.value is not None else None
        if one.expected is None or t is None or self.quarter == 4 or one.expected == t:
            return ""
        if t == 0 or self.of["measure"] == "flow":
            share = one.share if t == 0 else one.expected / t
            assert share is not None
            return f"{vn(100 * share, 1)}%"
        return self.expected

    def facts(self) -> list[str]:
        """The figures of the indicator's page, as the numbers in them."""
        one = self.one
        against, beside = self.variance, self.pace
        if one.kind == "below_previous" and self.distance is not None:
            against = self.figure(self.distance, signed=True)
            beside = ""
        elif one.kind in ("at_least", "at_most") and not (self.in_percent and self.distance):
            against = self.percent(one.attainment)
        last_year, since = NOTHING, ""
        if one.value is not None and one.previous is not None:
            since = self.figure(one.previous)
            last_year = self.percent(one.change, signed=True)
            if self.in_percent:
                last_year = self.apart(one.value - one.previous)
        plan = self.plan if one.kind != "below_previous" else self.figure(one.previous)
        shown = [self.figure(one.value), plan, against, beside, last_year, since, self.forecast]
        return numbers_in(" ".join(shown))

    @property
    def forecast(self) -> str:
        """Its middle, and its ends where they differ."""
        if self.one.forecast is None:
            return ""
        middle, *ends = (self.figure(one) for one in self.one.forecast)
        low, high = ends
        return middle if low == high else f"{middle} (từ {low} đến {high})"

    def known(self) -> set[str]:
        """Every number that a sentence on this figure may have."""
        one, t = self.one, None
        if one.target is not None and one.value is not None:
            t = self.plain.reference(one)
        said = [*self.facts(), self.expected, self.figure(one.baseline), self.figure(t),
                vn(one.ratio, 3), self.figure(abs(self.distance or Fraction(0)))]  # fmt: skip
        if one.share is not None:
            said += [vn(100 * one.share, 0), vn(100 * one.share, 1)]
        if t is not None and one.value is not None:
            said += [self.figure(abs(one.value - t))]
            if one.baseline is not None and one.baseline != t:
                gone = 100 * (one.value - one.baseline) / (t - one.baseline)
                said += [vn(gone, 1)]
        if one.value is not None and one.previous is not None:
            said += [self.figure(abs(one.value - one.previous))]
        if one.present is not None:
            said += [str(len(one.present)), str(len(one.asked))]
        years = self.plain.year_shares(one.indicator, one.unit)
        return {sign for text in said for sign in numbers_in(text)} | {*map(str, years)} | {"2"}


def numbers_in(text: str) -> list[str]:
    return [sign.rstrip(".,") for sign in NUMBER.findall(text)]


def words(html: str) -> str:
    return unescape(re.sub(r"<[^>]+>", " ", html)).replace("\xa0", " ").strip()


# --- the figures as a file ---------------------------------------------------------------


def test_every_column_of_the_csv_is_what_the_workbooks_give(folder: Folder) -> None:
    text = (folder.path / "so-lieu.csv").read_text(encoding="utf-8")
    rows = {(r["indicator"], r["org_unit"]): r for r in csv.DictReader(io.StringIO(text))}
    assert rows.keys() == folder.judged.keys()
    assert len(rows) == 276
    for key, row in rows.items():
        one = folder.judged[key]
        limit = one.previous if one.kind == "below_previous" else one.high
        central = None if one.forecast is None else one.forecast[0]
        for name, own in (
            ("value", one.value), ("target_low", one.low), ("target_high", limit),
            ("attainment", one.attainment and one.attainment[0]), ("previous", one.previous),
            ("change", one.change and one.change[0]), ("forecast", central),
        ):  # fmt: skip
            assert (Fraction(row[name]) if row[name] else None) == own, (key, name)
        expected = Fraction(row["expected"]) if row["expected"] else None
        assert (expected is None) == (one.expected is None), key
        if expected is not None and one.expected is not None:  # written to twelve decimals
            assert abs(expected - one.expected) < Fraction(1, 10**11), key
        assert (row["status"], row["target_kind"]) == (one.status, one.kind), key
        counts = ("", "") if one.present is None else (str(len(one.present)), str(len(one.asked)))
        assert (row["units_reported"], row["units_expected"]) == counts, key
        days = [cell.day for cell in one.sources] if one.value is not None else []
        assert row["received"] == (max(days).isoformat() if days else ""), key


def test_who_has_reported_and_how_much_of_it(folder: Folder) -> None:
    """``completeness --json``, from the rows of the workbooks and the days they came."""
    import manage

    printed = CliRunner().invoke(manage.cli, ["completeness", "--period", folder.period, "--json"])
    filed = folder.plain.books.filed
    rule = folder.plain.definitions["due"][f"Q{folder.quarter}"]
    due = date(2018 + rule.get("years", 0), rule["month"], rule["day"])
    reporters = {reporter for reporter, _ in filed}
    of_districts = {one.asked for (reporter, period), found in filed.items() for one in found
                    if period == folder.period and reporter in folder.plain.districts}  # fmt: skip
    told = {one["reporter"]: one for one in json.loads(printed.stdout)}
    assert told.keys() == reporters
    for reporter, row in told.items():
        came = filed.get((reporter, folder.period), [])
        # whose workbook never came is asked for as much as the other districts
        asked = came[-1].asked if came else max(of_districts)
        answered = came[-1].answered if came else 0
        first = min((one.day for one in came), default=None)
        assert (row["due"], row["expected"]) == (due.isoformat(), asked), reporter
        assert [row[name] for name in ("filled", "valid", "accepted")] == [answered] * 3, reporter
        assert row["first_acceptable"] == (first.isoformat() if first else None), reporter
        assert row["on_time"] is (first is not None and first <= due), reporter
        over = max(0, (first - due).days) if first else row["days_over"]
        assert row["days_over"] == over, reporter
        share = Fraction(row["accepted_percent"])
        assert abs(share - Fraction(100 * answered, asked)) < Fraction(1, 10**20), reporter


# --- rows, counts, the conclusion --------------------------------------------------------

ROW = re.compile(
    r'<tr data-indicator="(\w+)" data-unit="(\d+)" data-status="(\w+)">(.*?)</tr>', re.S
)


def pages_of(folder: Folder) -> list[str]:
    found = [one.relative_to(folder.path).as_posix() for one in folder.path.rglob("*.html")]
    return sorted(name for name in found if not name.startswith("en/"))


def test_every_row_of_every_page(folder: Folder) -> None:
    compared: set[tuple[str, str]] = set()
    for name in pages_of(folder):
        for id_, unit, status, row in ROW.findall(folder.page(name)):
            one = folder.judged[id_, unit]
            own = Written(one, folder.plain, folder.quarter)
            cells = dict(re.findall(r'<td class="(\w+)"[^>]*>(.*?)</td>', row, re.S))
            shown = [words(cells[key]) for key in ("pl", "va", "vr")]
            assert shown == [own.plan, own.figure(one.value), own.variance], (name, id_, unit)
            assert (status, words(cells["st"])) == (one.status, STATUS[one.status])
            picture = re.search(r'aria-label="([^"]*)"', row)
            assert (picture is None) == (one.target is None), (name, id_, unit)
            drawn = "" if picture is None else unescape(picture[1])
            assert set(numbers_in(rest_of(drawn, folder, id_))) <= own.known(), row
            compared.add((id_, unit))
    lists = {k for k, one in folder.judged.items() if (k[1], one.status) == (PROVINCE, "followed")}
    assert compared == folder.judged.keys() - lists


def test_the_english_rows_have_the_same_digits(folder: Folder) -> None:
    def digits(page: str) -> list[tuple[str, ...]]:
        return [
            (id_, unit, status, *(re.sub(r"\D", "", words(cell)) for cell in
             re.findall(r'<td class="(?:pl|va|vr)"[^>]*>(.*?)</td>', row, re.S)))
            for id_, unit, status, row in ROW.findall(page)
        ]  # fmt: skip

    for name in pages_of(folder):
        assert digits(folder.page(f"en/{name}")) == digits(folder.page(name)), name


def test_what_is_followed_without_a_target(folder: Folder) -> None:
    for name in ("index.html", *(f"huyen-tp/{unit}.html" for unit in folder.plain.districts)):
        unit = PROVINCE if name == "index.html" else name[9:-5]
        rows = re.findall(
            r'<tr><th scope=row><a href="[^"]*?(\w+)\.html">.*?<td class="num">(.*?)</td></tr>',
            folder.page(name), re.S,
        )  # fmt: skip
        own = {
            id_: Written(one, folder.plain, folder.quarter).figure(one.value)
            for (id_, at), one in folder.judged.items()
            if at == unit and one.status == "followed"
        }
        assert dict(rows) == own, name
        assert own, name


def test_the_counts_and_the_conclusion(folder: Folder) -> None:
    for name in ("index.html", *(f"huyen-tp/{unit}.html" for unit in folder.plain.districts)):
        unit = PROVINCE if name == "index.html" else name[9:-5]
        statuses = [one.status for one in folder.of(unit)]
        shown = re.findall(r"</svg>(\d+)</b>", folder.page(name))
        assert list(map(int, shown)) == [sum(s in g for s in statuses) for g in STRIP], name
    judged = folder.of(PROVINCE)
    good, bad = (sum(one.status in group for one in judged) for group in (GOOD, BAD))
    lead = words(re.search(r'<p class="lead">(.*?)</p>', folder.page("index.html"))[1])
    rest = len(judged) - good - bad
    assert list(map(int, numbers_in(lead))) == [good, len(judged), bad, *([rest] if rest else [])]
    worst = min((one for one in judged if one.status in BAD), key=severity)
    short = folder.plain.indicators[worst.indicator]["short"]["vi"]
    assert f"nặng nhất là {short[:1].lower()}{short[1:]}." in lead


def severity(one: Judged) -> tuple[bool, Fraction]:
    part = one.ratio
    if part is None:
        part = one.attainment[0] / 100 if one.attainment else Fraction(1)
    return one.status == "at_risk", part


# --- the page of an indicator ------------------------------------------------------------


def test_the_facts_and_the_arithmetic_of_every_indicator(folder: Folder) -> None:
    looked_at = 0
    for id_ in folder.plain.shown:
        if not folder.plain.exists(id_, PROVINCE):
            continue
        page, one = folder.page(f"chi-tieu/{id_}.html"), folder.judged[id_, PROVINCE]
        own = Written(one, folder.plain, folder.quarter)
        facts = re.search(r'<dl class="facts">(.*?)</dl>', page, re.S)
        assert facts, id_
        shown = " ".join(words(fact) for fact in re.findall(r"<dd>(.*?)</dd>", facts[1], re.S))
        assert numbers_in(shown) == own.facts(), id_
        why = words(re.findall(r"<p>(.*?)</p>", page, re.S)[1])
        due = folder.plain.definitions["due"][f"Q{folder.quarter}"]
        until = {f"{due['day']:02d}", f"{due['month']:02d}", str(2018 + due.get("years", 0))}
        said = own.known() | (until if one.value is None else set())
        assert set(numbers_in(why)) <= said, (id_, why)
        looked_at += 1
    assert looked_at == 23


def test_the_course_of_every_target(folder: Folder) -> None:
    for id_ in folder.plain.numbered:
        page = folder.page(f"chi-tieu/{id_}.html")
        table = re.search(r'<table class="tbl twin".*?</table>', page, re.S)
        assert table, id_
        heads = [words(h) for h in re.findall(r"<th scope=\"col\"[^>]*>(.*?)</th>", table[0])]
        rows = re.findall(r'<tr><th scope="row">(.*?)</th>(.*?)</tr>', table[0], re.S)
        drawn = re.search(r'<svg class="course".*?</svg>', page, re.S)
        assert drawn, id_
        assert drawn[0] in folder.page(f"linh-vuc/{folder.plain.indicators[id_]['sector']}.html")
        in_picture = [words(t) for t in re.findall(r'<text class="va".*?</text>', drawn[0])]
        title = words(re.search(r'<section class="card"><h2>(.*?)</h2>', page, re.S)[1])
        year = Written(folder.judged[id_, PROVINCE], folder.plain, folder.quarter)
        assert set(numbers_in(title)) <= year.known(), (id_, title)
        values = []
        for number, (_, cells) in enumerate(rows, start=1):
            shown = [words(c) for c in re.findall(r"<td[^>]*>(.*?)</td>", cells, re.S)]
            line = dict(zip(heads[1:], shown, strict=True))
            at_end = number == len(rows)
            plan = "" if year.one.kind == "below_previous" or not at_end else year.plan
            assert line.get("Kế hoạch", "").replace("\xa0", " ") == plan, (id_, number)
            ahead = year.forecast if at_end and folder.quarter < 4 else ""  # else the year is over
            assert line.get("Dự báo", "") == ahead, (id_, number)
            if folder.plain.indicators[id_].get("annual"):
                continue
            own = folder.plain.judged(id_, PROVINCE, f"2018-Q{number}")
            written = Written(own, folder.plain, number)
            past = number <= folder.quarter
            assert line["Thực hiện"] == (written.figure(own.value) if past else NOTHING), id_
            assert line.get("Năm 2017", NOTHING) in (
                written.figure(own.previous),
                written.figure(folder.plain.value(id_, PROVINCE, f"2017-Q{number}")),
            ), (id_, number)
            if past and own.value is not None:
                values.append(written.figure(own.value))
            if past and own.expected is not None and own.share is not None:
                places = len(line["Đường tiến độ"].partition(",")[2])  # one for the column
                assert line["Đường tiến độ"] == vn(own.expected, places), (id_, number)
                assert places >= len(written.expected.partition(",")[2]), (id_, number)
        if values:
            assert in_picture == values, id_


# --- parts and wholes --------------------------------------------------------------------


def test_parts_and_wholes(folder: Folder) -> None:
    table = re.search(r'<table class="tbl beside">.*?</table>', folder.page("index.html"), re.S)
    assert table
    rows = [
        [words(cell) for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.S)]
        for row in re.findall(r"<tr>(.*?)</tr>", table[0], re.S)
    ][1:]
    shown = {row[0].split(":")[0]: row[2:] for row in rows}
    own, period, before = folder.plain, folder.period, f"2017{folder.period[4:]}"
    for id_, of in own.indicators.items():
        if of.get("reconcile_with") == "sum":
            whole = own.raw(id_, PROVINCE, period)
            parts = sum((own.raw(id_, u, period) or Fraction(0) for u in own.districts), Fraction())
            assert whole is not None
            line = shown[of["short"]["vi"]]
            gap = whole - parts
            share = f" ({vn(100 * abs(gap) / whole, 1)}%)"
            said = vn(gap, 0, signed=True) + share if gap else "khớp"
            assert line[:3] == [vn(whole, 0), vn(parts, 0), said], id_
            if gap:
                assert line[3].startswith(furthest(own, id_, whole, gap, period, before)), id_
    shares = ("share_agriculture", "share_industry", "share_services", "share_product_taxes")
    sent = [own.raw(name, PROVINCE, period) or Fraction(0) for name in shares]
    assert shown["Cơ cấu kinh tế, Toàn tỉnh"][:2] == ["100,0", vn(sum(sent, Fraction(0)), 1)]
    growth = own.raw("grdp_growth", PROVINCE, period)
    sectors = ("agriculture", "industry", "services")
    brought = sum(
        (own.raw(f"share_{s}", PROVINCE, before) or Fraction(0))
        * (own.raw(f"growth_{s}", PROVINCE, period) or Fraction(0)) / 100
        for s in sectors
    )  # fmt: skip
    taxes = own.raw("share_product_taxes", PROVINCE, before)
    assert growth is not None and taxes
    line = shown["Tốc độ tăng GRDP"]
    rest = growth - brought
    assert line[:3] == [vn(growth, 2), vn(brought, 2), f"{vn(rest, 2, signed=True)} đ.%"]
    assert numbers_in(line[3]) == [vn(100 * rest / taxes, 1, signed=True)]


def furthest(own: Plain, id_: str, whole: Fraction, gap: Fraction, period: str, before: str) -> str:
    """The district furthest from its part of last year's sum, and by how much."""
    last = {unit: own.raw(id_, unit, before) or Fraction(0) for unit in own.districts}
    everything = sum(last.values(), Fraction(0))
    off = {
        unit: whole * last[unit] / everything - (own.raw(id_, unit, period) or Fraction(0))
        for unit in own.districts
    }
    unit = max(off, key=lambda code: off[code] if gap > 0 else -off[code])
    return f"{own.org_units[unit]['short']['vi']} ({vn(off[unit], 1, signed=True)} "


# --- and nothing else --------------------------------------------------------------------


def rest_of(text: str, folder: Folder, id_: str) -> str:
    """Without the indicator's own name, its unit and its group, which may have digits."""
    of = folder.plain.indicators[id_]
    unit = folder.plain.units_of_measure[of["unit_of_measure"]]
    for name in (of["name"]["vi"], unit["name"]["vi"], f"cùng kỳ {int(folder.period[:4]) - 1}"):
        text = text.replace(name, "")
    return text


def test_no_other_digit_stands_on_a_page(folder: Folder) -> None:
    """What is left when all that was compared, and every quotation, is taken away."""
    names = [
        one[key]["vi"] for one in folder.plain.indicators.values() for key in ("name", "short")
    ]
    names += [one["name"]["vi"] for one in folder.plain.definitions["sectors"]]
    names += [folder.plain.definitions["document"]["vi"], "năm 2018"]
    for name in pages_of(folder):
        if name in ("tep.html", "cach-danh-gia.html"):
            continue  # digests; the thresholds, which are the definitions' own
        left = folder.page(name).rsplit("<footer", 1)[0]
        for compared in (
            ROW, re.compile(r"<tr><th scope=row>.*?</tr>", re.S),
            re.compile(r'<(ul class="strip"|p class="lead"|dl).*?</(?:ul|p|dl)>', re.S),
            re.compile(r"<table class=\"tbl.*?</table>", re.S), re.compile(r"<svg.*?</svg>", re.S),
            re.compile(r"<blockquote.*?</blockquote>", re.S), re.compile(r"<caption>.*?</caption>"),
            re.compile(r'</span></p><p>.*?</p>', re.S), re.compile(r"<ul><li>.*?</li></ul>", re.S),
            re.compile(r'<p class="cap">.*?</p>', re.S), re.compile(r"Bản phát động, mục [^<]*"),
            re.compile(r'<section class="card"><h2>.*?</h2>', re.S),
        ):  # fmt: skip
            left = compared.sub("", left)
        text = words(left)
        for known in sorted(names, key=len, reverse=True):
            text = text.replace(known, "")
        assert not numbers_in(text), (name, text)
