"""Hands a workbook back with every problem marked in it.

The same workbook: formulas, formats and widths stay as they were sent. A cell that
something was found at gets a note and a colour (by a conditional format, so that its own
colour is still there below it), and a first sheet lists everything with a link to each
cell. Corrected there and sent again it is an ordinary form: neither notes nor that sheet
are read, and what an earlier round has marked is taken away first.

Macros are left out, since a file from here should never carry them. A workbook of an old
format (.xls, .xlsb, .ods) cannot be written again as it was; ``annotated`` says so by
returning None, and its findings are told on the screen alone.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Sequence
from io import BytesIO

from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell
from openpyxl.comments import Comment
from openpyxl.formatting.formatting import ConditionalFormattingList
from openpyxl.formatting.rule import Rule
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from kpi.findings import Finding, Severity
from kpi.observations import CellAddress
from loaders.package_guard import guard
from texts import LANGUAGES, say
from texts.findings import message

_EXCEL = ("xlsx", "xlsm")
_COLOURS = {Severity.ERROR: "FFC7CE", Severity.WARNING: "FFEB9C"}  # Excel's own bad and neutral
_WIDTHS = (18, 12, 22, 90, 40)
_AUTHOR = "KPI"
_FLAG = "⚑"  # begins our part of a note; what stands before it is somebody else's
_OURS = 'N("KPI")=0'  # always true, and nobody else's rule
_NOTE_WIDTH, _LINE = 320, 18  # pixels
_NOTE_LETTERS = 44  # that fit one line of a note
_FAMILY = "Times New Roman"  # as the forms have it
_PLAIN, _BOLD = Font(name=_FAMILY, size=11), Font(name=_FAMILY, size=11, bold=True)
_HEAD = Font(name=_FAMILY, size=14, bold=True)
_LINK = Font(name=_FAMILY, size=11, color="0563C1", underline="single")
_BAND = PatternFill("solid", fgColor="DDE3EA")
_TOP = Alignment(vertical="top")
_WRAPPED = Alignment(wrap_text=True, vertical="top")


def annotated(
    data: bytes, file_name: str, findings: Sequence[Finding], lang: str = "vi"
) -> bytes | None:
    """The workbook with its findings marked; None where its format cannot be written.

    Raises:
        UnreadableWorkbook: if the bytes are no workbook.
    """
    if guard(data, file_name) not in _EXCEL:
        return None
    with warnings.catch_warnings():
        # openpyxl tells of extensions it leaves out; a form has none that it needs
        warnings.simplefilter("ignore")
        book = load_workbook(BytesIO(data), keep_vba=False, keep_links=False)
    _unmark(book)
    for at, here in _by_cell(findings).items():
        if at.sheet in book.sheetnames and isinstance(book[at.sheet], Worksheet):
            _mark(book[at.sheet], at.cell, here, lang)
    _list(book, file_name, findings, lang)
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def _by_cell(findings: Iterable[Finding]) -> dict[CellAddress, list[Finding]]:
    cells: dict[CellAddress, list[Finding]] = {}
    for finding in findings:
        if finding.at is not None:
            cells.setdefault(finding.at, []).append(finding)
    return cells


def _mark(sheet: Worksheet, address: str, findings: Sequence[Finding], lang: str) -> None:
    """Colour and note; of a merged block Excel shows those of the first cell."""
    merged = next((one for one in sheet.merged_cells.ranges if address in one), None)
    cell = sheet.cell(merged.min_row, merged.min_col) if merged else sheet[address]
    worst = min((one.severity for one in findings), key=list(Severity).index)
    colour = PatternFill("solid", bgColor=_COLOURS[worst])
    style = DifferentialStyle(fill=colour)
    rule = Rule(type="expression", dxf=style, formula=[_OURS], stopIfTrue=True)
    sheet.conditional_formatting.add(cell.coordinate, rule)
    own, author = (cell.comment.text, cell.comment.author) if cell.comment else ("", _AUTHOR)
    said = "\n\n".join(message(one, lang) for one in findings)
    text = ILLEGAL_CHARACTERS_RE.sub("", f"{own}\n\n{_FLAG} {said}".strip())
    lines = sum(1 + len(line) // _NOTE_LETTERS for line in text.splitlines())
    cell.comment = Comment(text, author, width=_NOTE_WIDTH, height=_LINE * (lines + 1))


def _unmark(book: Workbook) -> None:
    """Take away what an earlier round has marked; other people's notes and colours stay."""
    for title in {say("annotated.sheet", one) for one in LANGUAGES} & set(book.sheetnames):
        del book[title]
    for sheet in book.worksheets:
        kept = ConditionalFormattingList()
        for block in sheet.conditional_formatting:
            for rule in block.rules:
                if rule.formula != [_OURS]:
                    kept.add(str(block.sqref), rule)
        sheet.conditional_formatting = kept
        for row in sheet.iter_rows():
            for cell in row:
                if cell.comment is not None and _FLAG in cell.comment.text:
                    own = cell.comment.text.partition(_FLAG)[0].strip()
                    cell.comment = Comment(own, cell.comment.author) if own else None


def _list(book: Workbook, file_name: str, findings: Sequence[Finding], lang: str) -> None:
    """The first sheet: what was found where, errors before warnings."""
    sheet = book.create_sheet(say("annotated.sheet", lang), 0)
    errors = sum(one.severity is Severity.ERROR for one in findings)
    _put(sheet, 1, 1, say("annotated.title", lang, file=file_name)).font = _HEAD
    summary = say("annotated.summary", lang, errors=errors, warnings=len(findings) - errors)
    _put(sheet, 2, 1, summary)
    _put(sheet, 3, 1, say("annotated.how", lang))
    for column, heading in enumerate(("place", "severity", "found", "todo", "explanation"), 1):
        cell = _put(sheet, 5, column, say(f"annotated.{heading}", lang))
        cell.font, cell.fill = _BOLD, _BAND
        sheet.column_dimensions[get_column_letter(column)].width = _WIDTHS[column - 1]
    ordered = sorted(findings, key=lambda one: one.severity is Severity.WARNING)
    for row, finding in enumerate(ordered, 6):
        _row(sheet, row, finding, lang, known=book.sheetnames)
    sheet.freeze_panes = "A6"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", sheet.PAPERSIZE_A4
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    for view in (one.sheet_view for one in book.worksheets):
        view.tabSelected = False
    book.active = 0


def _row(sheet: Worksheet, row: int, finding: Finding, lang: str, *, known: Sequence[str]) -> None:
    place = str(finding.at) if finding.at else say("annotated.whole_file", lang)
    cell = _put(sheet, row, 1, place)
    if finding.at is not None and finding.at.sheet in known:
        target = f"{quote_sheetname(finding.at.sheet)}!{finding.at.cell}"
        cell.hyperlink = Hyperlink(ref=cell.coordinate, location=target)
        cell.font = _LINK
    severity = _put(sheet, row, 2, say(f"annotated.{finding.severity.value}", lang))
    severity.alignment = cell.alignment = _TOP
    severity.fill = PatternFill("solid", fgColor=_COLOURS[finding.severity])
    for column, text in (
        (3, finding.found), (4, message(finding, lang)), (5, finding.explanation),
    ):  # fmt: skip
        _put(sheet, row, column, text).alignment = _WRAPPED


def _put(sheet: Worksheet, row: int, column: int, text: str) -> Cell:
    """Text and nothing but text: what a stranger wrote must not become a formula."""
    cell = sheet.cell(row, column)
    if not isinstance(cell, Cell):
        raise TypeError("a new sheet has no merged cells")
    cell.value = ILLEGAL_CHARACTERS_RE.sub("", text)
    cell.data_type = "s"
    cell.font = _PLAIN
    cell.quotePrefix = 1  # stays text when somebody edits it
    return cell
