"""What template and reader agree on: sheet names, columns and their printed headings.

The form is an official paper of the province and always Vietnamese, whatever language
the screen speaks; that is why its words stand here and not in ``texts/``. How the form
is drawn is ``loaders.template``'s business, how it is found again ``loaders.workbook``'s.
"""

from __future__ import annotations

from dataclasses import dataclass

from kpi.forms import FORM_A, FORM_B

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


@dataclass(frozen=True)
class Column:
    """One column of a form: ``heading`` is what the reader looks for."""

    key: str
    heading: str
    width: float  # in Excel's characters

    @property
    def is_input(self) -> bool:
        return self.key in (VALUE, NOTE)


_CODE = Column(CODE, "Mã", 9)
_NUMBER = Column(NUMBER, "STT", 5.5)
_UNIT_OF_MEASURE = Column(UNIT_OF_MEASURE, "Đơn vị tính", 14)
_FIGURES = (
    Column(PLAN, "Kế hoạch năm", 13),
    Column(PREVIOUS, "Kỳ trước", 11),
    Column(VALUE, "Thực hiện lũy kế", 14),
)

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
