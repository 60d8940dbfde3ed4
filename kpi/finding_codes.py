"""Every kind of finding, with its severity and scope.

A code is what programs rely on and what names the sentence in ``texts``
(``finding.<code>``). The list is in one place so that a test can ask for the sentence
of each, in each language. Codes for reading a file are raised by ``loaders.workbook``.
"""

from __future__ import annotations

from enum import StrEnum

from kpi.findings import Scope, Severity


class FindingCode(StrEnum):
    # the file cannot be read as one of our forms
    UNREADABLE_FILE = "unreadable_file"
    NOT_OUR_FORM = "not_our_form"
    LOCK_FILE = "lock_file"
    ENCRYPTED = "encrypted"
    OLD_EXCEL_FORMAT = "old_excel_format"
    HTML_NOT_EXCEL = "html_not_excel"
    EMPTY_FILE = "empty_file"
    XML_SPREADSHEET = "xml_spreadsheet"
    CSV_NOT_EXCEL = "csv_not_excel"
    TOO_BIG = "too_big"
    TOO_MANY = "too_many"
    TOOK_TOO_LONG = "took_too_long"
    TOOK_TOO_MUCH_MEMORY = "took_too_much_memory"
    READING_FAILED = "reading_failed"
    NO_INPUT_COLUMN = "no_input_column"

    # the form is not one that can be accepted
    WRONG_VERSION = "wrong_version"
    WRONG_FORM = "wrong_form"
    WRONG_REPORTER = "wrong_reporter"
    UNKNOWN_REPORTER = "unknown_reporter"
    UNKNOWN_PERIOD = "unknown_period"
    NOT_ASKED = "not_asked"

    # a row is not one of the form's
    UNKNOWN_INDICATOR = "unknown_indicator"
    UNKNOWN_ORG_UNIT = "unknown_org_unit"
    NOT_YOUR_FIGURE = "not_your_figure"
    NOT_ASKED_NOW = "not_asked_now"
    WRONG_ROW_PERIOD = "wrong_row_period"
    DUPLICATE_INDICATOR = "duplicate_indicator"
    UNIT_OF_MEASURE_CHANGED = "unit_of_measure_changed"
    MISSING_ROW = "missing_row"
    LEFT_BLANK = "left_blank"

    # a number that cannot be taken (METHOD 12)
    NOT_A_NUMBER = "not_a_number"
    TWO_COMMAS = "two_commas"
    COMMA_BEFORE_DOT = "comma_before_dot"
    BRACKETS = "brackets"
    RANGE_OF_VALUES = "range_of_values"
    TWO_VALUES = "two_values"
    INNER_SPACE = "inner_space"
    MISPLACED_DOTS = "misplaced_dots"
    LEADING_ZERO = "leading_zero"
    BARE_SEPARATOR = "bare_separator"
    EN_DASH_MINUS = "en_dash_minus"
    OTHER_SIGN = "other_sign"
    EXPONENT = "exponent"
    PERCENT_NOT_EXPECTED = "percent_not_expected"
    BOOLEAN_CELL = "boolean_cell"
    ERROR_CELL = "error_cell"
    FORMULA_WITHOUT_VALUE = "formula_without_value"
    DATE_CELL = "date_cell"

    # a number that was taken, and how
    TEXT_NUMBER = "text_number"
    READ_AS_DECIMAL_POINT = "read_as_decimal_point"
    TWO_READINGS = "two_readings"
    PERCENT_FORMAT = "percent_format"
    DASH_AS_ZERO = "dash_as_zero"
    MARKED_NONE = "marked_none"
    MARKED_NOT_AVAILABLE = "marked_not_available"
    MARKED_NOT_APPLICABLE = "marked_not_applicable"

    # a number that was taken, and what nobody may have seen of it
    INEXACT_FORMAT = "inexact_format"
    BLANK_OR_ERROR = "blank_or_error"
    MAYBE_PERCENT = "maybe_percent"
    VALUE_IN_HIDDEN_ROW = "value_in_hidden_row"
    VALUE_IN_FILTERED_ROW = "value_in_filtered_row"
    VALUES_IN_HIDDEN_COLUMN = "values_in_hidden_column"
    SCALED_FORMAT = "scaled_format"
    EXTERNAL_LINKS = "external_links"
    FROM_ANOTHER_FILE = "from_another_file"
    STALE_RESULT = "stale_result"
    OLD_ENCODING = "old_encoding"

    # a number that cannot be right
    OUTSIDE_LIMITS = "outside_limits"
    NOT_WHOLE = "not_whole"

    # a number that can hardly be right (the declared questions of METHOD 10)
    FALLS_WITHIN_YEAR = "falls_within_year"
    SINGLE_QUARTERS = "single_quarters"
    ADDED_UP = "added_up"
    NO_EARLIER_QUARTER = "no_earlier_quarter"
    SHARE_SUM = "share_sum"
    NOT_BETWEEN_PARTS = "not_between_parts"
    SCALE = "scale"
    OUTLIER = "outlier"
    NOT_RECONCILED = "not_reconciled"

    # a form that has been sent before
    OLDER_FILE = "older_file"

    @property
    def severity(self) -> Severity:
        return Severity.WARNING if self in _WARNINGS else Severity.ERROR

    @property
    def scope(self) -> Scope:
        return Scope.FILE if self in FILE_CODES else Scope.CELL


READER_CODES = frozenset(
    {
        FindingCode.UNREADABLE_FILE,
        FindingCode.NOT_OUR_FORM,
        FindingCode.LOCK_FILE,
        FindingCode.ENCRYPTED,
        FindingCode.OLD_EXCEL_FORMAT,
        FindingCode.HTML_NOT_EXCEL,
        FindingCode.EMPTY_FILE,
        FindingCode.XML_SPREADSHEET,
        FindingCode.CSV_NOT_EXCEL,
        FindingCode.TOO_BIG,
        FindingCode.TOO_MANY,
        FindingCode.TOOK_TOO_LONG,
        FindingCode.TOOK_TOO_MUCH_MEMORY,
        FindingCode.READING_FAILED,
        FindingCode.NO_INPUT_COLUMN,
    }
)

FILE_CODES = READER_CODES | {
    FindingCode.INEXACT_FORMAT,
    FindingCode.EXTERNAL_LINKS,
    FindingCode.WRONG_VERSION,
    FindingCode.WRONG_FORM,
    FindingCode.WRONG_REPORTER,
    FindingCode.UNKNOWN_REPORTER,
    FindingCode.UNKNOWN_PERIOD,
    FindingCode.NOT_ASKED,
}

_WARNINGS = frozenset(
    {
        FindingCode.MISSING_ROW,
        FindingCode.LEFT_BLANK,
        FindingCode.TEXT_NUMBER,
        FindingCode.READ_AS_DECIMAL_POINT,
        FindingCode.TWO_READINGS,
        FindingCode.PERCENT_FORMAT,
        FindingCode.DASH_AS_ZERO,
        FindingCode.MARKED_NONE,
        FindingCode.MARKED_NOT_AVAILABLE,
        FindingCode.MARKED_NOT_APPLICABLE,
        FindingCode.INEXACT_FORMAT,
        FindingCode.BLANK_OR_ERROR,
        FindingCode.MAYBE_PERCENT,
        FindingCode.VALUE_IN_HIDDEN_ROW,
        FindingCode.VALUE_IN_FILTERED_ROW,
        FindingCode.VALUES_IN_HIDDEN_COLUMN,
        FindingCode.SCALED_FORMAT,
        FindingCode.EXTERNAL_LINKS,
        FindingCode.FROM_ANOTHER_FILE,
        FindingCode.STALE_RESULT,
        FindingCode.OLD_ENCODING,
        FindingCode.FALLS_WITHIN_YEAR,
        FindingCode.SINGLE_QUARTERS,
        FindingCode.ADDED_UP,
        FindingCode.SHARE_SUM,
        FindingCode.NOT_BETWEEN_PARTS,
        FindingCode.SCALE,
        FindingCode.OUTLIER,
        FindingCode.NOT_RECONCILED,
        FindingCode.OLDER_FILE,
    }
)
