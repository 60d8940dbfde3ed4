"""The official summary table as a workbook: the province, then every indicator by district.

A4 on its side, the head of the columns on every page. Figures are numbers, percentages and
differences are formulas that carry their figure (``reports.synthesis``); where the districts
add up to something, the sheet adds them up and holds it beside the province's figure.
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from itertools import groupby

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from kpi.definitions import Across, Indicator
from kpi.judgement import Assessment
from kpi.periods import Period
from reports.cells import fresh_until
from reports.export import harmless
from reports.html.strip import counted, lead
from reports.marks import legend
from reports.synthesis import COLUMNS, LETTERS, Cell, Formula, Number, Row, plain, row, signed
from reports.wording import Words
from texts import say
from texts.numbers import date_text, moment_text, period_name

_WIDTHS = (4, 33, 10, 11, 8, 8, 9, 10, 10, 10, 13, 12, 21, 9, 22)
_LINE = 16  # points
_NUMBERS = {"low", "high", "baseline", "value", "previous", "attainment", "distance", "change"}
_CENTRED = {"number", "unit", "plan"}
_LAST = len(COLUMNS) - 1
_HEAD_ROWS = 9  # before the head of the columns
_A4 = 9


def synthesis_xlsx(
    province: Sequence[Assessment],
    districts: Sequence[Assessment],
    period: Period,
    words: Words,
    *,
    made_at: datetime,
    marks: Sequence[str] = (),
) -> bytes:
    """The workbook's bytes; followed indicators are left out, as in the report.

    Args:
        marks: what must be said of the data: made up, not all approved.
    """
    buffer = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(buffer, options) as book:
        book.set_properties({"title": _subject(period, words.lang), "created": _naive(made_at)})
        lang = words.lang
        day, moment = date_text(fresh_until(province), lang), moment_text(made_at, lang)
        fresh = say("meeting.fresh", lang, day=day, moment=moment)
        sheets = _Sheets(book, period, words, fresh, marks)
        sheets.province(counted(province))
        sheets.districts(counted(province), counted(districts))
    return buffer.getvalue()


def _naive(moment: datetime) -> datetime:
    return moment.replace(tzinfo=None)


def _subject(period: Period, lang: str) -> str:
    months = period_name(period, lang, "months")
    return say("meeting.subject", lang, year=period.year, months=months)


class _Sheets:
    """Writes the two sheets; keeps the looks."""

    def __init__(
        self, book: xlsxwriter.Workbook, period: Period, words: Words, fresh: str,
        marks: Sequence[str],
    ) -> None:  # fmt: skip
        self._book, self._period, self._words = book, period, words
        self._fresh, self._marks = fresh, marks
        self._looks: dict[tuple[str, str, bool], Format] = {}
        numbered = words.definitions.numbered()
        self._number = {one.id: str(n) for n, one in enumerate(numbered, start=1)}

    # --- the two sheets ------------------------------------------------------------------

    def province(self, judged: Sequence[Assessment]) -> None:
        words, sheet = (
            self._words,
            self._sheet("province", "synthesis.title", lead(judged, self._words)),
        )
        at = _HEAD_ROWS + 2
        for id_, members in groupby(judged, key=lambda one: words.indicator(one).sector):
            sector = words.definitions.sectors[id_]
            self._heading(sheet, at, f"{sector.number}. {sector.name.get(words.lang)}")
            at += 1
            for one in members:
                self._row(sheet, at, row(one, words, number=self._number.get(one.indicator, "")))
                at += 1
        document = words.definitions.document.get(words.lang)
        said = say("synthesis.ground", words.lang, document=document)
        self._foot(sheet, self._notes(sheet, at + 1, [said]) + 1)

    def districts(self, province: Sequence[Assessment], judged: Sequence[Assessment]) -> None:
        words, sheet = self._words, self._sheet("districts", "synthesis.title_districts", "")
        by_indicator: dict[str, list[Assessment]] = {}
        for one in judged:
            by_indicator.setdefault(one.indicator, []).append(one)
        at = _HEAD_ROWS + 2
        for own in province:
            members = by_indicator.get(own.indicator, [])
            if not members:
                continue
            number, name = self._number.get(own.indicator, ""), words.name(own)
            self._heading(sheet, at, f"{number}. {name}")
            at = self._by_unit(sheet, at + 1, own, members)
        self._notes(sheet, at + 1, _documents(judged))

    def _by_unit(
        self, sheet: Worksheet, at: int, own: Assessment, members: Sequence[Assessment]
    ) -> int:
        """The province's line, the districts', and what they add up to; the next free row."""
        words, first = self._words, at + 1
        whole = row(own, words, number="", unit=say("synthesis.whole", words.lang))
        self._row(sheet, at, whole, bold=True)
        for n, one in enumerate(members, start=1):
            name = words.org_units.units[one.org_unit].name.get(words.lang)
            self._row(sheet, at + n, row(one, words, number=str(n), unit=name))
        at += len(members) + 1
        if _adds_up(words.indicator(own)):
            self._total(sheet, at, own, members, first)
            return at + 2
        return at

    def _total(
        self, sheet: Worksheet, at: int, own: Assessment, members: Sequence[Assessment], first: int
    ) -> None:
        """The districts added up, and the province's figure less that."""
        words = self._words
        decimals = max(words.decimals(one) for one in (own, *members))
        values = (one.value for one in members if one.value is not None)
        total = sum(values, Decimal(0))
        said = say("synthesis.total", words.lang, count=len(members))
        cells: dict[str, Cell] = {
            "name": said,
            "value": Formula(
                f"=ROUND(SUM(H{first + 1}:H{first + len(members)}),{decimals})",
                total, plain(decimals),
            ),
        }  # fmt: skip
        self._row(sheet, at, Row(cells, own), bold=True)
        if own.value is None:
            return
        left: dict[str, Cell] = {
            "name": say("synthesis.left", words.lang),
            "value": Formula(
                f"=ROUND(H{first}-H{at + 1},{decimals})", own.value - total, signed(decimals)
            ),
        }
        self._row(sheet, at + 1, Row(left, own))

    # --- parts of a sheet ----------------------------------------------------------------

    def _sheet(self, name: str, title: str, below: str) -> Worksheet:
        lang = self._words.lang
        sheet: Worksheet = self._book.add_worksheet(say(f"synthesis.sheet.{name}", lang))
        for column, width in enumerate(_WIDTHS):
            sheet.set_column(column, column, width)
        self._official(sheet)
        self._across(sheet, 4, say(title, lang), 14)
        self._across(sheet, 5, _subject(self._period, lang), 12)
        self._across(sheet, 6, " · ".join(filter(None, [below, *self._marks])), 10, plain=True)
        for column, name in enumerate(COLUMNS):
            said = say(f"synthesis.column.{name}", lang, last=self._period.year - 1)
            sheet.write_string(_HEAD_ROWS, column, said, self._look("", "head"))
            letter = self._look("", "letter")
            sheet.write_string(_HEAD_ROWS + 1, column, LETTERS[name], letter)
        sheet.set_row(_HEAD_ROWS, 46)
        sheet.freeze_panes(_HEAD_ROWS + 2, 2)
        self._paper(sheet)
        return sheet

    def _official(self, sheet: Worksheet) -> None:
        """The two columns every official paper begins with."""
        lang = self._words.lang
        office = [say("meeting.body", lang), say("meeting.province", lang)]
        state = [say("meeting.state", lang), say("meeting.motto", lang)]
        for line, (left, right) in enumerate(zip(office, state, strict=True)):
            look = self._book.add_format(
                {"bold": bool(line), "align": "center", "font_name": "Times New Roman"}
            )
            sheet.merge_range(line, 0, line, 4, left, look)
            bold = self._book.add_format(
                {"bold": True, "align": "center", "font_name": "Times New Roman"}
            )
            sheet.merge_range(line, 7, line, _LAST, right, bold)

    def _across(
        self, sheet: Worksheet, at: int, text: str, size: int, *, plain: bool = False
    ) -> None:
        look = self._book.add_format(
            {"bold": not plain, "italic": plain, "align": "center", "font_size": size,
             "font_name": "Times New Roman"}
        )  # fmt: skip
        sheet.merge_range(at, 0, at, _LAST, harmless(text), look)

    def _paper(self, sheet: Worksheet) -> None:
        sheet.set_paper(_A4)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
        sheet.repeat_rows(_HEAD_ROWS, _HEAD_ROWS + 1)
        sheet.set_footer("&L&8" + self._fresh.replace("&", "&&") + "&R&8&P/&N")

    def _heading(self, sheet: Worksheet, at: int, text: str) -> None:
        sheet.merge_range(at, 0, at, _LAST, harmless(text), self._look("", "group"))

    def _row(self, sheet: Worksheet, at: int, line: Row, *, bold: bool = False) -> None:
        sheet.set_row(at, _LINE * _lines(line))
        for column, name in enumerate(COLUMNS):
            cell = line.cells.get(name, "")
            if isinstance(cell, Number):
                look = self._look(cell.look, name, bold=bold or name == "value")
                sheet.write_number(at, column, float(cell.value), look)
            elif isinstance(cell, Formula):
                look = self._look(cell.look, name, bold=bold)
                sheet.write_formula(at, column, cell.at(at + 1), look, float(cell.value))
            else:
                look = self._look("", name, bold=bold or name == "status")
                sheet.write(at, column, harmless(cell) or None, look)

    def _notes(self, sheet: Worksheet, at: int, more: Sequence[str] = ()) -> int:
        """Below the table; the next free row."""
        lang = self._words.lang
        look = self._book.add_format({"italic": True, "font_size": 9})
        said = [
            self._fresh,
            say("synthesis.signs", lang, signs=legend(lang)),
            say("synthesis.formulas", lang),
            *more,
        ]
        for line, text in enumerate(said):
            sheet.write_string(at + line, 0, harmless(text), look)
        return at + len(said)

    def _foot(self, sheet: Worksheet, at: int) -> None:
        lang = self._words.lang
        look = self._book.add_format({"bold": True, "align": "center"})
        for left, right, key in ((0, 3, "made_by"), (9, _LAST, "signed_by")):
            sheet.merge_range(at, left, at, right, say(f"synthesis.{key}", lang), look)

    def _look(self, number: str, column: str, *, bold: bool = False) -> Format:
        key = (number, column, bold)
        if key not in self._looks:
            self._looks[key] = self._book.add_format(_format(number, column, bold))
        return self._looks[key]


def _lines(line: Row) -> int:
    """How many lines the longest text of a row takes; LibreOffice does not ask itself."""
    texts = zip(COLUMNS, _WIDTHS, strict=True)
    cells = ((line.cells.get(name, ""), width + 2) for name, width in texts)
    return max(-(-len(cell) // width) if isinstance(cell, str) and cell else 1
               for cell, width in cells)  # fmt: skip


def _format(number: str, column: str, bold: bool) -> Mapping[str, object]:
    found: dict[str, object] = {
        "border": 1, "font_size": 10, "font_name": "Times New Roman", "text_wrap": True,
        "valign": "vcenter", "bold": bold,
    }  # fmt: skip
    if number:
        found["num_format"] = number
    if column in _NUMBERS:
        found["align"] = "right"
    elif column in {*_CENTRED, "head", "letter"}:
        found["align"] = "center"
    if column in ("head", "group"):
        found |= {"bold": True, "bg_color": "#E9EDF1"}
    if column in ("status", "source"):
        found["indent"] = 1
    if column == "letter":
        found |= {"italic": True, "font_size": 8}
    return found


def _documents(judged: Sequence[Assessment]) -> list[str]:
    """What the districts' targets rest on, each said once."""
    found = [one.target.document for one in judged if one.target and one.target.document]
    return list(dict.fromkeys(found))


def _adds_up(indicator: Indicator) -> bool:
    """Do the districts' figures make the province's, or stand beside it, as a sum?"""
    return Across.SUM in (indicator.across_units, indicator.reconcile_with)
