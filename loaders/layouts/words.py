"""What the heading of a column says the column holds.

Plans, last year's figures and percentages stand beside the figure that is asked for and
must never be taken for it. A heading that speaks of two of these is ambiguous and is
asked about; so is one that could mean a quarter alone or the year to date.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from kpi.layouts import ColumnRole, Found
from kpi.periods import Period
from kpi.text import bare
from loaders.layouts.labels import label_key
from loaders.layouts.times import Span, Times, times_in

_WHOLE_HEADINGS: dict[ColumnRole, frozenset[str]] = {
    ColumnRole.NUMBER: frozenset({"stt", "tt", "so tt", "so thu tu"}),
    ColumnRole.CODE: frozenset({"ma", "ma so", "ma chi tieu", "ma ct"}),
    ColumnRole.UNIT_CODE: frozenset({"ma don vi", "ma huyen", "ma dvhc"}),
    ColumnRole.NAME: frozenset(
        {"chi tieu", "ten chi tieu", "cac chi tieu", "chi tieu chu yeu", "cac chi tieu chu yeu",
         "noi dung", "noi dung chi tieu", "danh muc", "danh muc chi tieu", "tieu chi"}
    ),
    ColumnRole.ORG_UNIT: frozenset(
        {"huyen", "ten huyen", "cac huyen", "huyen, thanh pho", "huyen/thanh pho",
         "huyen, tp", "huyen thanh pho", "cac huyen, thanh pho", "ten don vi", "dia phuong",
         "dia ban", "don vi hanh chinh", "don vi bao cao", "don vi, dia phuong"}
    ),
    ColumnRole.UNIT_OF_MEASURE: frozenset({"dvt", "don vi tinh", "dv tinh", "d.v.t"}),
    ColumnRole.NOTE: frozenset({"ghi chu", "chu thich", "ghi chu, giai trinh"}),
}  # fmt: skip
# "Đơn vị" is printed over districts and over units of measure; the cells below decide
UNCLEAR_UNIT = "don vi"

_COMPARISON = re.compile(
    r"%|\bso\s+(?:voi|sanh)\b|\bso\s+(?:kh|ck|cung ky)\b|\bty le\b|\btang\b|\bgiam\b|\bchenh lech\b"
    r"|\bhoan thanh\b|\b(?:th|uth|thuc hien)\s*/\s*|\bphan tram\b"
)
_PLAN = re.compile(r"\b(?:ke hoach|kh|du toan|dt|muc tieu|duoc giao|giao(?! thong)|chi tieu)\b")
_PREVIOUS = re.compile(r"\b(?:cung ky|ck|nam truoc|ky truoc|thang truoc|quy truoc|nam ngoai)\b")
_VALUE = re.compile(
    r"\b(?:thuc hien|th|uth|uoc|luy ke|ket qua|so lieu|thuc te|dat duoc|bao cao|cong don)\b"
)
# Words that add nothing to "Thực hiện 9 tháng đầu năm 2018"; any other word may narrow what
# is counted ("Thực hiện vốn trung ương"), and then a person must say.
_FILLER = re.compile(
    r"\b(?:so lieu|so|ket qua|dat duoc|dat|duoc|thuc hien|th|uth|uoc tinh|uoc|luy ke|cong don|tinh"
    r"|den|het|cuoi|nay|tu|dau|nam|quy|thang|ky|trong|bao cao|cua|thuc te|ngay|ca|va|iv|iii|ii|i"
    r"|\d{1,2}|20\d\d)\b"
)


@dataclass(frozen=True)
class RoleMatch:
    found: Found
    role: ColumnRole | None = None
    could_be: tuple[ColumnRole, ...] = ()


_NOTHING = RoleMatch(Found.NONE)


def structural_role(text: str) -> ColumnRole | None:
    """The role of a heading that names no figures: STT, Chỉ tiêu, ĐVT, Ghi chú."""
    key = bare(label_key(text))
    return next((role for role, words in _WHOLE_HEADINGS.items() if key in words), None)


def says_something(text: str) -> bool:
    """Could these words stand above a column of figures?"""
    words = bare(text)
    patterns = (_COMPARISON, _PLAN, _PREVIOUS, _VALUE)
    times = times_in(text)
    return any(pattern.search(words) for pattern in patterns) or bool(times.said or times.years)


def is_about_a_plan(text: str) -> bool:
    return _PLAN.search(bare(text)) is not None


def figure_role(text: str, period: Period | None) -> RoleMatch:
    """What kind of figures stand under these words, for a report of ``period``."""
    words = bare(text)
    if _COMPARISON.search(words):
        if not _COMPARISON.search(words.replace("(%)", "")) and _VALUE.search(words):
            return _either(ColumnRole.COMPARISON, ColumnRole.VALUE)
        # a percentage may be the figure itself only where the column names an indicator,
        # whose words are not part of ``text``
        return RoleMatch(Found.ALIAS, ColumnRole.COMPARISON)
    times = times_in(text)
    value = _VALUE.search(words) is not None
    if _PLAN.search(words):
        if value:
            return _either(ColumnRole.PLAN, ColumnRole.VALUE)
        return RoleMatch(Found.ALIAS, ColumnRole.PLAN)
    if _PREVIOUS.search(words):
        if period is not None and period.year in times.years:
            return _either(ColumnRole.PREVIOUS, ColumnRole.VALUE)
        return RoleMatch(Found.ALIAS, ColumnRole.PREVIOUS)
    if not (value or times.said or times.years):
        return _NOTHING
    match = _by_time(times, period)
    if match.role is ColumnRole.VALUE and _narrows(words):
        return _either(ColumnRole.VALUE, ColumnRole.OTHER_PERIOD)
    return match


def _narrows(words: str) -> bool:
    return re.search(r"\w", _FILLER.sub(" ", words)) is not None


def _by_time(times: Times, period: Period | None) -> RoleMatch:
    if not times.said and not times.years:
        return RoleMatch(Found.EXACT, ColumnRole.VALUE)
    if period is None:
        return _either(ColumnRole.VALUE, ColumnRole.OTHER_PERIOD)
    if times.years and period.year not in times.years:
        before = times.years == {period.year - 1}
        return RoleMatch(Found.ALIAS, ColumnRole.PREVIOUS if before else ColumnRole.OTHER_PERIOD)
    if len(times.years) > 1:
        return _either(ColumnRole.VALUE, ColumnRole.PREVIOUS)
    others = {one for one in times.said if one.quarter != period.quarter}
    if times.said and len(others) == len(times.said):
        return RoleMatch(Found.ALIAS, ColumnRole.OTHER_PERIOD)
    if others:
        return _either(ColumnRole.VALUE, ColumnRole.OTHER_PERIOD)
    if not times.said:  # a year alone: its end, or as far as it has gone?
        if period.quarter == 4 or times.cumulated:
            return RoleMatch(Found.ALIAS, ColumnRole.VALUE)
        return _either(ColumnRole.VALUE, ColumnRole.OTHER_PERIOD)
    if times.names(period) or (times.cumulated and _only_months(times)):
        return RoleMatch(Found.ALIAS, ColumnRole.VALUE)
    if _only_months(times):
        return RoleMatch(Found.ALIAS, ColumnRole.OTHER_PERIOD)
    return _either(ColumnRole.VALUE, ColumnRole.OTHER_PERIOD)


def _only_months(times: Times) -> bool:
    return all(one.span is Span.MONTH for one in times.said)


def _either(*roles: ColumnRole) -> RoleMatch:
    return RoleMatch(Found.AMBIGUOUS, None, roles)
