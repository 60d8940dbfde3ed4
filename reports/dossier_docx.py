"""The award dossier on paper and as a workbook: the same tables, the same figures.

A4 on its side, Times New Roman; heads of tables repeat and rows do not break. The workbook's first
sheet is the unit in some lines, then a sheet for each table.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

from docx import Document
from docx.document import Document as Doc
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from docx.table import _Cell, _Row

from reports.dossier import Dossier
from reports.export import Cell, Table, excel
from texts import say
from texts.numbers import number

_FONT = "Times New Roman"
_WIDTH = 26.1  # centimetres between the margins
_LETTERS = 125  # that go into them, whatever the font
_MOST = 44  # letters of a column; longer texts wrap
_PADDING = 3
_DIGEST, _DIGEST_ROOM = 64, 48  # it is printed small


def dossier_docx(found: Dossier, lang: str, *, made_at: datetime) -> bytes:
    """The document's bytes."""
    doc = Document()
    _set_up(doc, found, lang, made_at)
    _say(doc, found.title, bold=True, centred=True, size=14)
    _say(doc, found.unit, bold=True, centred=True)
    for label, text in found.head:
        _say(doc, f"{label}: {text}" if text else label, size=11, italic=not text)
    for place, table in enumerate(found.tables, 1):
        _say(doc, f"{place}. {table.title}", bold=True, before=10, follow=True)
        if table.rows:
            _table(doc, table, lang)
        else:
            _say(doc, say("dossier.nothing", lang), size=11, italic=True)
    buffer = io.BytesIO()
    doc.save(buffer)
    return buffer.getvalue()


def dossier_xlsx(found: Dossier, lang: str) -> bytes:
    """The workbook's bytes."""
    columns = [say(f"dossier.columns.{name}", lang) for name in ("line", "text")]
    first = Table(found.title, [(found.unit, "")], columns, list(found.head),
                  say("dossier.sheets.summary", lang), None)  # fmt: skip
    return excel(first, *found.tables)


def as_text(cell: Cell, lang: str) -> str:
    """As the screen writes it: a number with the decimals it carries."""
    if not isinstance(cell, Decimal):
        return "" if cell is None else str(cell)
    exponent = cell.as_tuple().exponent
    return number(cell, max(0, -exponent) if isinstance(exponent, int) else 0, lang)


def _set_up(doc: Doc, found: Dossier, lang: str, made_at: datetime) -> None:
    style = doc.styles["Normal"]
    style.font.name, style.font.size = _FONT, Pt(13)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), _FONT)
    page = doc.sections[0]
    page.orientation = WD_ORIENT.LANDSCAPE
    page.page_width, page.page_height = Cm(29.7), Cm(21)
    page.left_margin, page.right_margin = Cm(2), Cm(1.6)
    page.top_margin = page.bottom_margin = Cm(1.6)
    core = doc.core_properties
    core.title, core.language = f"{found.title} – {found.unit}", lang
    core.author = core.last_modified_by = core.comments = ""
    core.created = core.modified = made_at.replace(tzinfo=None)
    foot = " · ".join([found.unit, *(label for label, text in found.head if not text)])
    paragraph = page.footer.paragraphs[0]
    paragraph.add_run(f"{foot} · {say('dossier.proposal', lang)}").font.size = Pt(8.5)


def _table(doc: Doc, table: Table, lang: str) -> None:
    shown = [[as_text(cell, lang) for cell in row] for row in table.rows]
    drawn = doc.add_table(rows=1, cols=len(table.columns), style="Table Grid")
    drawn.autofit = False
    widths = _widths(table.columns, shown)
    for column, width in zip(drawn.columns, widths, strict=True):
        column.width = Cm(width)  # LibreOffice goes by the columns, Word by the cells
    _fill(drawn.rows[0], table.columns, widths, bold=True)
    _mark(drawn.rows[0], "w:tblHeader")
    numbers = [_is_numeric(table, place) for place in range(len(table.columns))]
    for row in shown:
        added = drawn.add_row()
        _fill(added, row, widths, numbers=numbers)
        _mark(added, "w:cantSplit")


def _is_numeric(table: Table, place: int) -> bool:
    return any(isinstance(row[place], Decimal | int) for row in table.rows)


def _widths(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> list[float]:
    """Each column gets room for its longest word; what is left goes to the long texts."""
    held = [[name, *cells] for name, cells in zip(columns, zip(*rows, strict=True), strict=True)]
    least = [_PADDING + max(_room(word) for text in texts for word in text.split() or [""])
             for texts in held]  # fmt: skip
    wished = [_PADDING + min(_MOST, max(_room(text) for text in texts)) for texts in held]
    more = [max(0, wish - own) for wish, own in zip(wished, least, strict=True)]
    left = max(0, _LETTERS - sum(least))
    shares = [extra * left / (sum(more) or 1) for extra in more]
    letters = [own + share for own, share in zip(least, shares, strict=True)]
    return [_WIDTH * own / sum(letters) for own in letters]


def _room(text: str) -> int:
    return _DIGEST_ROOM if len(text) == _DIGEST else len(text)


def _fill(
    row: _Row,
    texts: Sequence[str],
    widths: Sequence[float],
    *,
    bold: bool = False,
    numbers: Sequence[bool] = (),
) -> None:
    for place, (cell, text, width) in enumerate(zip(row.cells, texts, widths, strict=True)):
        cell.width = Cm(width)
        _write(cell, text, bold=bold, right=bool(numbers) and numbers[place])


def _write(cell: _Cell, text: str, *, bold: bool, right: bool) -> None:
    paragraph = cell.paragraphs[0]
    run = paragraph.add_run(text)
    run.bold, run.font.size = bold, Pt(6.5 if len(text) == _DIGEST else 9.5)
    paragraph.paragraph_format.space_after = Pt(0)
    if right:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT


def _say(
    doc: Doc, text: str, *, size: float = 13, bold: bool = False, italic: bool = False,
    centred: bool = False, before: float = 0, follow: bool = False,
) -> None:  # fmt: skip
    paragraph = doc.add_paragraph()
    run = paragraph.add_run(text)
    run.bold, run.italic, run.font.size = bold, italic, Pt(size)
    form = paragraph.paragraph_format
    form.space_before, form.space_after, form.keep_with_next = Pt(before), Pt(2), follow
    if centred:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER


def _mark(row: _Row, name: str) -> None:
    """Set a flag of a table row: repeat as head, do not break."""
    row._tr.get_or_add_trPr().append(OxmlElement(name))
