"""Numbers, dates and periods as a Vietnamese (or English) reader writes them.

Decimal comma and thousands dot, a true minus, a dash for what is missing, and never a
trailing zero dropped: figures of one column must line up (UI 4). Babel knows a
language's separators; Python puts them in, since a screen writes hundreds of numbers
and Babel's own patterns take thirty times as long. Nothing here knows what a number
means.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from functools import cache

from babel import Locale
from babel.numbers import get_decimal_symbol, get_group_symbol

from kpi.local_time import ZONE
from kpi.periods import Period
from kpi.rounding import half_away

MISSING = "–"
MINUS = "−"
_NBSP = "\N{NO-BREAK SPACE}"
_ROMAN = ("", "I", "II", "III", "IV")
_SIGN_OF_POINTS = {"vi": "đ.%", "en": "pp"}
_BETWEEN_NEGATIVES = {"vi": "đến", "en": "to"}


def number(value: Decimal | int | None, decimals: int, lang: str, *, signed: bool = False) -> str:
    """``value`` with exactly ``decimals`` decimals, rounded half away from zero.

    >>> number(Decimal("6296"), 0, "vi"), number(Decimal("-2.58"), 2, "vi")
    ('6.296', '−2,58')
    """
    if value is None:
        return MISSING
    rounded = half_away(Decimal(value), decimals)
    text = format(abs(rounded), f",.{decimals}f").translate(_separators(lang))
    if rounded < 0:
        return MINUS + text
    return "+" + text if signed and rounded > 0 else text


def is_one(value: Decimal | None, lang: str) -> bool:
    """Does the language use the singular for it? "1 accident", but "1 vụ, 2 vụ".

    >>> is_one(Decimal(1), "en"), is_one(Decimal("1.5"), "en"), is_one(Decimal(1), "vi")
    (True, False, False)
    """
    return value is not None and Locale.parse(lang).plural_form(value.normalize()) == "one"


@cache
def _separators(lang: str) -> dict[int, str]:
    """What a language writes for the comma and the dot of Python's "1,234.5"."""
    locale = Locale.parse(lang)
    return str.maketrans({",": get_group_symbol(locale), ".": get_decimal_symbol(locale)})


def as_stated(value: Decimal | None, lang: str) -> str:
    """``value`` with the decimals it has: a plan reads as the decree wrote it (8 – 8,5)."""
    if value is None:
        return MISSING
    exponent = value.normalize().as_tuple().exponent
    decimals = max(0, -exponent) if isinstance(exponent, int) else 0
    return number(value, decimals, lang)


def percent(value: Decimal | int | None, decimals: int, lang: str, *, signed: bool = False) -> str:
    """In prose the sign is glued to the number: ``8,36%``."""
    text = number(value, decimals, lang, signed=signed)
    return text if value is None else f"{text}%"


def points(value: Decimal | None, decimals: int, lang: str) -> str:
    """A difference of percentages, in percentage points, always with its sign."""
    text = number(value, decimals, lang, signed=True)
    return text if value is None else f"{text}{_NBSP}{_SIGN_OF_POINTS[lang]}"


def range_text(
    low: Decimal | None, high: Decimal | None, lang: str, *, decimals: int | None = None
) -> str:
    """``8 – 8,5``, ``−10 đến −5``, ``≥ 6.296``, ``≤ 5``; the edges as stated unless
    ``decimals`` fixes them."""

    def edge(value: Decimal) -> str:
        return as_stated(value, lang) if decimals is None else number(value, decimals, lang)

    if low is None and high is None:
        return MISSING
    if high is None:
        assert low is not None
        return f"≥{_NBSP}{edge(low)}"
    if low is None:
        return f"≤{_NBSP}{edge(high)}"
    if edge(low) == edge(high):
        return edge(low)
    between = _BETWEEN_NEGATIVES[lang] if min(low, high) < 0 else "–"
    return f"{edge(low)}{_NBSP}{between}{_NBSP}{edge(high)}"


def date_text(day: date | None, lang: str, *, year: bool = True) -> str:
    """``09/10/2018``, or ``09/10`` where the year is plain from the table.

    In English the month is a word: half of those who read English take 09/10 for
    September.

    >>> date_text(date(2018, 10, 9), "vi"), date_text(date(2018, 10, 9), "en")
    ('09/10/2018', '9 Oct 2018')
    """
    if day is None:
        return MISSING
    if lang == "vi":
        return f"{day:%d/%m/%Y}" if year else f"{day:%d/%m}"
    named = f"{day.day} {_months_of_year(lang)[day.month]}"
    return f"{named} {day.year}" if year else named


def moment_text(moment: datetime | None, lang: str) -> str:
    """``08/10/2018 09:12``, by the province's clock."""
    if moment is None:
        return MISSING
    here = local(moment)
    return f"{date_text(here.date(), lang)} {here:%H:%M}"


@cache
def _months_of_year(lang: str) -> dict[int, str]:
    return dict(Locale.parse(lang).months["format"]["abbreviated"])


def local(moment: datetime) -> datetime:
    """The moment by the province's clock; one without a zone is taken as it is."""
    return moment if moment.tzinfo is None else moment.astimezone(ZONE)


def period_name(period: Period, lang: str, form: str = "quarter") -> str:
    """A period in words.

    Args:
        form: ``quarter`` "Quý III/2018", ``inside`` the same within a sentence ("quý
            III/2018"), ``to_date`` "9 tháng 2018", ``months`` "9 tháng", ``short``
            "Q3/18"; a whole year is "Năm 2018" ("2018" in short).
    """
    if form == "inside" and lang == "vi":
        name = period_name(period, lang)
        return name[0].lower() + name[1:]
    if period.quarter == 0:
        return str(period.year) if form == "short" or lang == "en" else f"Năm {period.year}"
    return _FORMS[form](period, lang)


def _quarter(period: Period, lang: str) -> str:
    if lang == "en":
        return f"Q{period.quarter} {period.year}"
    return f"Quý {_ROMAN[period.quarter]}/{period.year}"


def _to_date(period: Period, lang: str) -> str:
    if period.quarter == 4:
        return period_name(period.at_quarter(0), lang)
    if period.quarter == 1:
        return _quarter(period, lang)
    return f"{_months(period, lang)} {period.year}"


def _months(period: Period, lang: str) -> str:
    if period.quarter == 4:
        return "cả năm" if lang == "vi" else "full year"
    return f"{period.quarter * 3} {'tháng' if lang == 'vi' else 'months'}"


def _short(period: Period, lang: str) -> str:
    return f"Q{period.quarter}/{period.year % 100:02d}"


_FORMS = {
    "quarter": _quarter,
    "inside": _quarter,
    "to_date": _to_date,
    "months": _months,
    "short": _short,
}
