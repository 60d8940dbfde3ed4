"""What stands above the table of a plan workbook: year, decision, and from when it holds.

Either in cells beside labels, as the template has them, or in the words of a title:
"Kèm theo Quyết định số 2345/QĐ-UBND ngày 12 tháng 12 năm 2017".
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime

from kpi.observations import CellAddress
from kpi.text import bare
from loaders.layouts.tables import Table

LABEL_DECISION, LABEL_DAY = "Số quyết định", "Ngày quyết định"
LABEL_FROM, LABEL_YEAR = "Áp dụng từ ngày", "Năm kế hoạch"

_NUMBER = re.compile(
    r"\b(?:QĐ|quyết định)\s*(?:số)?\s*[:.]?\s*(?P<number>\d+\s*/\s*[\wĐđ./-]+)", re.I
)
_DAY = re.compile(r"(?P<day>\d{1,2})[/.-](?P<month>\d{1,2})[/.-](?P<year>20\d\d)")
_LONG_DAY = re.compile(
    r"ngày\s*(?P<day>\d{1,2})\s*tháng\s*(?P<month>\d{1,2})\s*năm\s*(?P<year>20\d\d)", re.I
)
_YEAR = re.compile(r"\bnam\s*(?P<year>20\d\d)\b")


@dataclass(frozen=True)
class Stated:
    """What stands above the table."""

    year: int
    decision: str
    in_force_from: date | None
    decision_at: CellAddress | None = None  # where the template has them filled in
    year_at: CellAddress | None = None


def stated_in(table: Table) -> Stated:
    """Year, decision and first day, by the labels of the template or by the title's words."""
    places = _labelled(table)
    labelled = {label: table.sheet.at(*at).value for label, at in places.items()}
    title = " ".join(table.title)
    number = labelled.get(LABEL_DECISION) or _found(_NUMBER, title, "number")
    day = _day_in(labelled.get(LABEL_DAY)) or _day_in(_after_number(title))
    starts = _day_in(labelled.get(LABEL_FROM)) or day
    year = str(labelled.get(LABEL_YEAR) or "") or _only_year(title)
    decision = f"{number} ngày {day:%d/%m/%Y}" if number and day else ""
    unsaid = LABEL_DECISION if not number else LABEL_DAY
    return Stated(
        int(float(year)) if _is_year(year) else 0, decision, starts,
        _address(table, places.get(unsaid)), _address(table, places.get(LABEL_YEAR)),
    )  # fmt: skip


def _labelled(table: Table) -> dict[str, tuple[int, int]]:
    """The cell beside a label, as the template has them: the first that is filled, else the
    next one."""
    found: dict[str, tuple[int, int]] = {}
    labels = {bare(one): one for one in (LABEL_DECISION, LABEL_DAY, LABEL_FROM, LABEL_YEAR)}
    above = sorted(at for at in table.sheet.cells if table.begin <= at[0] < table.first)
    for row, column in above:
        label = labels.get(bare(table.sheet.at(row, column).text).strip(" :"))
        if label:
            right = [at for at in above if at[0] == row and at[1] > column]
            found[label] = min(right, default=(row, column + 1))
    return found


def _address(table: Table, place: tuple[int, int] | None) -> CellAddress | None:
    return table.address(*place) if place is not None else None


def _found(pattern: re.Pattern[str], text: str, group: str) -> str:
    match = pattern.search(text)
    return "".join(match[group].split()) if match else ""


def _after_number(title: str) -> str:
    match = _NUMBER.search(title)
    return title[match.end() :] if match else ""


def _day_in(value: object) -> date | None:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    match = _DAY.search(str(value or "")) or _LONG_DAY.search(str(value or ""))
    if match is None:
        return None
    try:
        return date(int(match["year"]), int(match["month"]), int(match["day"]))
    except ValueError:
        return None


def _only_year(title: str) -> str:
    """The plan year in "giao chỉ tiêu năm 2018"; days are not looked at."""
    words = bare(_LONG_DAY.sub(" ", title))
    years = {match["year"] for match in _YEAR.finditer(words)}
    return years.pop() if len(years) == 1 else ""


def _is_year(text: str) -> bool:
    return re.fullmatch(r"20\d\d(?:\.0)?", text) is not None
