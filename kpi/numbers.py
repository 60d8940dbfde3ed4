"""What number a cell holds, and what is to be said about it (METHOD 3 and 12).

A numeric cell is its 15 significant digits. A text cell is read with decimal comma
and thousands dot, and always leaves a quirk: the file does not say which notation its
writer meant. Whatever cannot be read one way only is refused with a code of its own,
so that the sentence can tell what to do. Nothing here raises, whatever the text.

Limits, whole numbers and blank cells are looked at in ``kpi.checks``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Context, Decimal

from kpi.finding_codes import FindingCode
from kpi.findings import Severity
from kpi.observations import CellKind, ObsStatus
from kpi.text import fold

_FIFTEEN_DIGITS = Context(prec=15, rounding=ROUND_HALF_UP)


@dataclass(frozen=True)
class Quirk:
    """Something to say about a cell; numbers in ``facts`` are plain decimal strings."""

    code: FindingCode
    facts: Mapping[str, str] = field(default_factory=dict)

    @property
    def severity(self) -> Severity:
        return self.code.severity


@dataclass(frozen=True)
class Parsed:
    """What a cell says. Without value and status it is blank, or ``findings`` say why.

    ``status`` is given only where the cell marks a missing value: O or M.
    """

    value: Decimal | None
    status: ObsStatus | None
    raw: str
    findings: tuple[Quirk, ...] = ()

    @property
    def is_blank(self) -> bool:
        return self.value is None and self.status is None and not self.findings


@dataclass(frozen=True)
class _Expected:
    decimals: int
    is_percent: bool
    is_count: bool


def parse_cell(
    raw: object,
    kind: CellKind,
    number_format: str = "General",
    *,
    decimals: int,
    is_percent: bool,
    is_count: bool,
) -> Parsed:
    """The cell's value for an indicator of this shape; never raises.

    >>> parse_cell("6.296,5", CellKind.TEXT, decimals=1, is_percent=False, is_count=False).value
    Decimal('6296.5')
    """
    text = raw_text(raw)
    match kind:
        case CellKind.EMPTY:
            return Parsed(None, None, "")
        case CellKind.NUMBER:
            return _number_cell(raw, text, shows_percent(number_format), is_percent)
        case CellKind.TEXT:
            return _text_cell(text, _Expected(decimals, is_percent, is_count))
        case CellKind.BOOLEAN:
            return _refused(text, FindingCode.BOOLEAN_CELL)
        case CellKind.DATE:
            return _refused(text, FindingCode.DATE_CELL)
        case CellKind.ERROR:
            return _refused(text, FindingCode.ERROR_CELL)
        case CellKind.UNCALCULATED:
            return _refused(text, FindingCode.FORMULA_WITHOUT_VALUE)


def plain(value: Decimal) -> Decimal:
    """The same number without exponent, trailing zeros or a sign on zero.

    >>> plain(Decimal("1.50E+3")), plain(Decimal("-0.0"))
    (Decimal('1500'), Decimal('0'))
    """
    digits = f"{value:f}"
    if "." in digits:
        digits = digits.rstrip("0").rstrip(".")
    return Decimal(digits) if value else Decimal(0)


def fifteen_digits(raw: int | float | Decimal) -> Decimal:
    """A cell's number as Excel keeps it, free of binary noise (METHOD 3)."""
    return plain(_FIFTEEN_DIGITS.create_decimal(raw))


def raw_text(raw: object) -> str:
    """The cell's content as text, the way it is kept beside the value."""
    if raw is None:
        return ""
    if isinstance(raw, bool):
        return "TRUE" if raw else "FALSE"
    if isinstance(raw, float):
        # repr() keeps every digit; "12.0" is only Python's way of saying 12
        return repr(raw).removesuffix(".0")
    return _day(raw) if isinstance(raw, date) else str(raw)


def _day(day: date) -> str:
    """A date as Excel shows it here; a time only where there is one."""
    text = f"{day.day:02}/{day.month:02}/{day.year}"
    if isinstance(day, datetime) and (day.hour or day.minute or day.second):
        return f"{text} {day:%H:%M}"
    return text


def _refused(text: str, code: FindingCode, **facts: str) -> Parsed:
    return Parsed(None, None, text, (Quirk(code, facts),))


# --- numeric cells


def _number_cell(raw: object, text: str, shows_percent: bool, is_percent: bool) -> Parsed:
    if isinstance(raw, bool):
        return _refused(text, FindingCode.BOOLEAN_CELL)
    if not isinstance(raw, int | float | Decimal):
        return _refused(text, FindingCode.NOT_A_NUMBER)
    if not Decimal(raw).is_finite():
        return _refused(text, FindingCode.NOT_A_NUMBER)
    value = fifteen_digits(raw)
    if not shows_percent:
        return Parsed(value, None, text)
    if not is_percent:
        return _refused(text, FindingCode.PERCENT_NOT_EXPECTED)
    shown = plain(value.scaleb(2, context=_FIFTEEN_DIGITS))
    facts = {"stored": f"{value:f}", "read": f"{shown:f}"}
    return Parsed(shown, None, text, (Quirk(FindingCode.PERCENT_FORMAT, facts),))


# Quoted text, escaped or padding characters and [colours]: a % there is decoration.
_LITERALS = re.compile(r'"[^"]*"|[\\_*].|\[[^\]]*\]')


def shows_percent(number_format: str) -> bool:
    """Does a number of this format look like a percentage to a person?"""
    return "%" in _LITERALS.sub("", number_format)


# --- text cells

_CLEANED = str.maketrans("０１２３４５６７８９\u2212", "0123456789-")
_SPACES = " \u00a0\u202f"
_LONGEST_NUMBER = 40  # characters; whatever is longer was never meant as a figure

_GROUPED = re.compile(
    rf"(?P<whole>0|[1-9][0-9]*"  # plain
    rf"|[1-9][0-9]{{0,2}}(?:\.[0-9]{{3}})+"  # 1.234.567
    rf"|[1-9][0-9]{{0,2}}(?:[{_SPACES}][0-9]{{3}})+)"  # 1 234 567
    r"(?:,(?P<fraction>[0-9]+))?"
)
_DECIMAL_POINT = re.compile(r"(?:0|[1-9][0-9]*)\.[0-9]+")
_ONE_GROUP = re.compile(r"[1-9][0-9]{0,2}[.,][0-9]{3}")

_NOT_AVAILABLE = frozenset({"…", "...", "..", "—", "kxđ", "không có số liệu"})
_NOT_APPLICABLE = frozenset({"x"})
_NONE = frozenset({"-", "–"})


def _text_cell(text: str, expected: _Expected) -> Parsed:
    cleaned = text.translate(_CLEANED).strip()
    cleaned = cleaned.removeprefix("'").strip()
    if not cleaned:
        return Parsed(None, None, "")
    missing = _missing(cleaned, text, expected.is_count)
    if missing is not None:
        return missing
    if len(cleaned) > _LONGEST_NUMBER:
        return _refused(text, FindingCode.NOT_A_NUMBER)
    body = cleaned.removesuffix("%") if expected.is_percent else cleaned
    unsigned = body.removeprefix("-")
    if match := _GROUPED.fullmatch(unsigned):
        whole = re.sub(r"\D", "", match["whole"])
        value = _signed(f"{whole}.{match['fraction'] or 0}", body)
        return Parsed(value, None, text, (_grouping_quirk(unsigned, value, body, expected),))
    if _DECIMAL_POINT.fullmatch(unsigned):
        value = _signed(unsigned, body)
        quirk = Quirk(FindingCode.READ_AS_DECIMAL_POINT, {"read": f"{value:f}"})
        return Parsed(value, None, text, (quirk,))
    return Parsed(None, None, text, (_why_not(cleaned, expected.is_percent),))


def _signed(digits: str, body: str) -> Decimal:
    # copy_negate(): the minus operator would round to the context's 28 digits
    value = Decimal(digits)
    return plain(value.copy_negate() if body.startswith("-") else value)


def _missing(cleaned: str, text: str, is_count: bool) -> Parsed | None:
    """The marks for a value that is not there; None where the text is none of them."""
    mark = fold(cleaned)
    if mark in _NOT_AVAILABLE:
        quirk = Quirk(FindingCode.MARKED_NOT_AVAILABLE)
        return Parsed(None, ObsStatus.MISSING, text, (quirk,))
    if mark in _NOT_APPLICABLE:
        quirk = Quirk(FindingCode.MARKED_NOT_APPLICABLE)
        return Parsed(None, ObsStatus.NOT_APPLICABLE, text, (quirk,))
    if mark in _NONE:
        if is_count:  # "no phenomenon" counts as nought of them
            return Parsed(Decimal(0), None, text, (Quirk(FindingCode.DASH_AS_ZERO),))
        return Parsed(None, ObsStatus.MISSING, text, (Quirk(FindingCode.MARKED_NONE),))
    return None


def _grouping_quirk(unsigned: str, value: Decimal, body: str, expected: _Expected) -> Quirk:
    """Says how a text number was read, and of one group of three its other reading."""
    facts = {"read": f"{value:f}"}
    if _ONE_GROUP.fullmatch(unsigned):
        if "." in unsigned and expected.decimals > 0:
            facts["other"] = f"{_signed(unsigned, body):f}"
        elif "," in unsigned and expected.decimals < 3:
            facts["other"] = f"{_signed(unsigned.replace(',', ''), body):f}"
    return Quirk(FindingCode.TWO_READINGS if "other" in facts else FindingCode.TEXT_NUMBER, facts)


# Why a text is not a number: the first pattern found says so. The order matters: each
# one may rely on what those before it have excluded.
_NOT_NUMBERS: tuple[tuple[FindingCode, re.Pattern[str]], ...] = tuple(
    (code, re.compile(pattern, re.IGNORECASE))
    for code, pattern in (
        (FindingCode.BRACKETS, r"[()\[\]{}]"),
        (FindingCode.EXPONENT, r"\A-?[0-9][0-9.,]*e[-+]?[0-9]+\Z"),
        (FindingCode.RANGE_OF_VALUES, r"[0-9]%?\s*(?:[-–—~÷]|đến|tới|to)\s*[0-9]"),
        (FindingCode.NOT_A_NUMBER, r"[^\W\d_]"),
        (FindingCode.EN_DASH_MINUS, r"\A–\s*[0-9]"),
        (FindingCode.OTHER_SIGN, r"(?P<sign>[^0-9.,;%\s-]|(?<!\A)-|%(?=.))"),
    )
)
_BAD_SHAPES: tuple[tuple[FindingCode, re.Pattern[str]], ...] = tuple(
    (code, re.compile(pattern))
    for code, pattern in (
        (FindingCode.TWO_VALUES, r"\A-?[0-9][0-9.,]*(?:[\s;]+-?[0-9][0-9.,]*)+\Z"),
        (FindingCode.INNER_SPACE, r"\s"),
        (FindingCode.TWO_COMMAS, r",[^,]*,"),
        (FindingCode.COMMA_BEFORE_DOT, r",[^.]*\."),
        (FindingCode.BARE_SEPARATOR, r"\A-?[.,]|[.,]\Z|[.,][.,]"),
        (FindingCode.LEADING_ZERO, r"\A-?0[0-9]"),
        (FindingCode.MISPLACED_DOTS, r"\."),
    )
)


def _why_not(cleaned: str, is_percent: bool) -> Quirk:
    """The reason why ``cleaned``, which is no number, is none."""
    for code, pattern in _NOT_NUMBERS:
        if match := pattern.search(cleaned):
            sign = match.groupdict().get("sign")
            return Quirk(code, {"sign": sign} if sign else {})
    if "%" in cleaned and not is_percent:
        return Quirk(FindingCode.PERCENT_NOT_EXPECTED)
    body = cleaned.removesuffix("%")
    return Quirk(
        next(
            (code for code, pattern in _BAD_SHAPES if pattern.search(body)),
            FindingCode.NOT_A_NUMBER,
        )
    )
