"""What template and reader agree on: sheet names, columns and their printed headings.

The form is an official paper of the province and always Vietnamese, whatever language
the screen speaks; that is why its words stand here and not in ``texts/``. How the form
is drawn is ``loaders.template``'s business, how it is found again ``loaders.workbook``'s.
"""

from __future__ import annotations

from dataclasses import dataclass

from kpi.forms import COUNCIL_SHEET, FORM_A, FORM_B, SELF_SHEET

META_SHEET = "_bieu_mau"  # hidden: what the file says about itself
META_VERSION = "template_version"
META_FORM = "form"
META_REPORTER = "reporter"
META_PERIOD = "period"
META_SHEET_NAME = "sheet"
META_KEYS = (META_VERSION, META_FORM, META_REPORTER, META_PERIOD, META_SHEET_NAME)

CODE = "code"
UNIT_CODE = "unit_code"
UNIT = "unit"
NUMBER = "number"
INDICATOR = "indicator"
UNIT_OF_MEASURE = "unit_of_measure"
PLAN = "plan"
PREVIOUS = "previous"
VALUE = "value"
NOTE = "note"
MOST = "most"
COMPUTED = "computed"
OWN = "own"
OWN_NOTE = "own_note"
OF_SEVERAL = frozenset({FORM_B, COUNCIL_SHEET})  # each row names its unit


@dataclass(frozen=True)
class Column:
    """One column of a form: ``heading`` is what the reader looks for."""

    key: str
    heading: str
    width: float  # in Excel's characters


_CODE = Column(CODE, "Mã", 9)
_NUMBER = Column(NUMBER, "STT", 5.5)
_UNIT_OF_MEASURE = Column(UNIT_OF_MEASURE, "Đơn vị tính", 14)
_FIGURES = (
    Column(PLAN, "Kế hoạch năm", 13),
    Column(PREVIOUS, "Kỳ trước", 11),
    Column(VALUE, "Thực hiện lũy kế", 14),
)
_COMPUTED = (Column(MOST, "Điểm tối đa", 9), Column(COMPUTED, "Điểm tính", 11))

COLUMNS: dict[str, tuple[Column, ...]] = {
    FORM_A: (  # upright, so narrower
        _CODE,
        _NUMBER,
        Column(INDICATOR, "Chỉ tiêu", 36),
        _UNIT_OF_MEASURE,
        *_FIGURES,
        Column(NOTE, "Ghi chú", 22),
    ),
    FORM_B: (
        _CODE,
        Column(UNIT_CODE, "Mã đơn vị", 7),
        _NUMBER,
        Column(INDICATOR, "Chỉ tiêu", 42),
        Column(UNIT, "Đơn vị", 20),
        _UNIT_OF_MEASURE,
        *_FIGURES,
        Column(NOTE, "Ghi chú", 30),
    ),
    SELF_SHEET: (
        _CODE,
        _NUMBER,
        Column(INDICATOR, "Tiêu chí", 40),
        *_COMPUTED,
        Column(VALUE, "Điểm tự chấm", 10),
        Column(NOTE, "Lý do và minh chứng", 44),
    ),
    COUNCIL_SHEET: (
        _CODE,
        Column(UNIT_CODE, "Mã đơn vị", 7),
        _NUMBER,
        Column(INDICATOR, "Tiêu chí", 38),
        Column(UNIT, "Đơn vị", 16),
        *_COMPUTED,
        Column(OWN, "Đơn vị tự chấm", 10),
        Column(OWN_NOTE, "Minh chứng của đơn vị", 32),
        Column(VALUE, "Điểm thẩm định", 10),
        Column(NOTE, "Lý do thẩm định", 32),
    ),
}

# How each heading begins, without diacritics: what the reader looks for, so that
# "Kế hoạch năm 2018" and "THỰC HIỆN" are still recognised.
HEADINGS: dict[str, str] = {
    CODE: "ma",
    UNIT_CODE: "ma don vi",
    UNIT: "don vi",
    NUMBER: "stt",
    INDICATOR: "chi tieu",
    UNIT_OF_MEASURE: "don vi tinh",
    PLAN: "ke hoach",
    PREVIOUS: "ky truoc",
    VALUE: "thuc hien",
    NOTE: "ghi chu",
}

# On the sheets of scores other columns are filled in.
_OF_SCORES: dict[str, dict[str, str]] = {
    SELF_SHEET: {VALUE: "diem tu cham", NOTE: "ly do va minh chung"},
    COUNCIL_SHEET: {VALUE: "diem tham dinh", NOTE: "ly do tham dinh"},
}


def headings_of(form: str) -> dict[str, str]:
    """How the headings of a form begin."""
    return {**HEADINGS, **_OF_SCORES.get(form, {})}
