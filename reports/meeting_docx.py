"""The meeting's report as a Word document, in the form of a provincial report.

A4 upright, Times New Roman; heads of tables repeat, rows do not break, pictures have a text
beside them. What it says comes ready from ``reports.meeting``.
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from datetime import datetime

from docx import Document
from docx.document import Document as Doc
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

from reports.grey_bullet import picture
from reports.marks import legend
from reports.meeting import Pack, Row, Section
from texts import say

_FONT = "Times New Roman"
# column: width in centimetres
_SUMMARY = {
    "number": 0.8, "name": 4.6, "unit": 1.6, "plan": 1.9, "value": 1.6, "variance": 2.0,
    "bullet": 2.4, "status": 2.7,
}  # fmt: skip
_SECTORS = {
    "number": 1.0, "name": 5.5, "plan": 2.2, "value": 2.2, "forecast": 3.0, "status": 2.6,
    "why": 6.5, "source": 3.4,
}  # fmt: skip
_DISTRICTS = {
    "number": 1.0, "name": 7.4, "unit": 2.6, "plan": 2.6, "value": 2.4, "variance": 3.0,
    "bullet": 3.2, "status": 3.2,
}  # fmt: skip
_WHOLES = {
    "what": 8.3, "unit": 2.2, "whole": 2.4, "parts": 2.6, "difference": 3.2, "carrier_head": 6.8,
}  # fmt: skip
_RECEIVERS = ("title", "one", "two", "three")
_RIGHT = ("plan", "value", "variance")
_CENTRE = ("number", "unit")


def meeting_docx(pack: Pack, lang: str, *, made_at: datetime) -> bytes:
    """The document's bytes."""
    doc = Document()
    _set_up(doc, pack, lang, made_at)
    _heading(doc, pack, lang)
    _title(doc, say("meeting.table.title", lang))
    _table(doc, pack.summary, _SUMMARY, lang, size=9)
    _say(doc, say("meeting.table.legend", lang), size=8.5, italic=True, before=3)
    _say(doc, say("synthesis.signs", lang, signs=legend(lang)), size=8.5, italic=True)
    doc.add_page_break()  # type: ignore[no-untyped-call]
    _title(doc, say("meeting.groups.title", lang))
    for heading, sentences in pack.groups:
        _say(doc, heading, bold=True, before=6)
        for said in sentences or (say("meeting.groups.none", lang),):
            _say(doc, f"– {said}", size=11.5)
    _foot(doc, lang)
    _turn(doc)
    _title(doc, say("meeting.annex.sectors", lang))
    _table(doc, pack.summary, _SECTORS, lang, size=9)
    for number, section in enumerate(pack.districts):
        if number:
            doc.add_page_break()  # type: ignore[no-untyped-call]
        else:
            _title(doc, say("meeting.annex.districts", lang))
        _say(doc, section.heading, bold=True)
        _say(doc, section.said, size=11)
        _table(doc, [Section("", section.rows)], _DISTRICTS, lang, size=9.5)
    if pack.wholes.agree or pack.wholes.rows:
        _wholes(doc, pack, lang)
    buffer = io.BytesIO()
    doc.save(buffer)
    return buffer.getvalue()


def _set_up(doc: Doc, pack: Pack, lang: str, made_at: datetime) -> None:
    style = doc.styles["Normal"]
    style.font.name, style.font.size = _FONT, Pt(13)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), _FONT)
    page = doc.sections[0]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    page.left_margin, page.right_margin = Cm(2), Cm(1.5)
    page.top_margin = page.bottom_margin = Cm(1.6)
    core = doc.core_properties
    core.title, core.language = pack.subject, lang
    core.author = core.last_modified_by = core.comments = ""
    core.created = core.modified = made_at.replace(tzinfo=None)
    foot = " · ".join([pack.fresh, *pack.marks, say("meeting.draft", lang)])
    _write(page.footer.paragraphs[0], foot, size=8.5, italic=True)


def _heading(doc: Doc, pack: Pack, lang: str) -> None:
    """The two columns every official paper begins with, and what it is about."""
    table = doc.add_table(rows=1, cols=2)
    left, right = table.rows[0].cells
    table.autofit = False
    for column, cell, width in zip(table.columns, (left, right), (6.0, 11.5), strict=True):
        column.width = cell.width = Cm(width)  # the state's name stays on one line
    _lines(left, [(say("meeting.body", lang), False), (say("meeting.province", lang), True),
                  (say("meeting.number", lang), False)])  # fmt: skip
    _lines(right, [(say("meeting.state", lang), True), (say("meeting.motto", lang), True),
                   (say("meeting.place", lang), False)])  # fmt: skip
    _say(doc, say("meeting.title", lang), bold=True, centred=True, before=6)
    _say(doc, pack.subject, bold=True, centred=True)
    _say(doc, pack.lead, size=12, before=3)


def _foot(doc: Doc, lang: str) -> None:
    """The end of the letter's own part: who gets it, who signs; names are put in by hand."""
    row = doc.add_table(rows=1, cols=2).rows[0]
    _mark(row._tr, "w:cantSplit")  # no paper is signed on a sheet that does not say for whom
    left, right = row.cells
    receivers = [say(f"meeting.receivers.{name}", lang) for name in _RECEIVERS]
    _lines(left, [(text, not n) for n, text in enumerate(receivers)], size=10.5, centred=False)
    _lines(right, [(say(f"meeting.signature.{n}", lang), True) for n in ("for", "post")])
    for cell in (left, right):
        cell.paragraphs[0].paragraph_format.space_before = Pt(10)


def _wholes(doc: Doc, pack: Pack, lang: str) -> None:
    """The last annex: what adds up and what does not, and who is furthest off."""
    doc.add_page_break()  # type: ignore[no-untyped-call]
    _title(doc, say("meeting.annex.wholes", lang))
    _say(doc, pack.wholes.agree, size=11)
    if not pack.wholes.rows:
        return
    table = _grid(doc, _WHOLES, {name: f"coherence.{name}" for name in _WHOLES}, lang, size=9.5)
    for one in pack.wholes.rows:
        cells = table.add_row().cells  # type: ignore[no-untyped-call]
        texts = (one.name, one.unit, one.whole, one.parts, one.difference, one.carrier)
        for cell, text, width in zip(cells, texts, _WHOLES.values(), strict=True):
            _cell(cell, text, size=9.5)
            cell.width = Cm(width)
    for rule in pack.wholes.rules:
        _say(doc, rule, size=8.5, italic=True, before=3)


def _lines(
    cell: _Cell, lines: Sequence[tuple[str, bool]], *, size: float = 11.5, centred: bool = True
) -> None:
    for number, (text, bold) in enumerate(lines):
        paragraph = cell.paragraphs[0] if number == 0 else cell.add_paragraph()
        _write(paragraph, text, size=size, bold=bold, centred=centred)


def _title(doc: Doc, text: str) -> None:
    _say(doc, text, bold=True, before=4)


def _say(
    doc: Doc, text: str, *, size: float = 13, bold: bool = False, italic: bool = False,
    centred: bool = False, before: float = 0,
) -> None:  # fmt: skip
    paragraph = doc.add_paragraph()
    _write(paragraph, text, size=size, bold=bold, italic=italic, centred=centred)
    paragraph.paragraph_format.space_before = Pt(before)


def _write(
    paragraph: Paragraph, text: str, *, size: float, bold: bool = False, italic: bool = False,
    centred: bool = False,
) -> None:  # fmt: skip
    run = paragraph.add_run(text)
    run.bold, run.italic, run.font.size = bold, italic, Pt(size)
    paragraph.paragraph_format.space_after = Pt(2)
    if centred:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER


def _turn(doc: Doc) -> None:
    """The annexes lie on their side."""
    page = doc.add_section()
    page.orientation = WD_ORIENT.LANDSCAPE
    page.page_width, page.page_height = Cm(29.7), Cm(21)
    page.left_margin = page.right_margin = Cm(1.6)


# --- tables ------------------------------------------------------------------------------


def _table(
    doc: Doc, sections: Sequence[Section], columns: Mapping[str, float], lang: str, *, size: float
) -> None:
    names = {name: f"meeting.table.{name}" for name in columns}
    table = _grid(doc, columns, names, lang, size=size)
    for section in sections:
        if section.heading:
            row = table.add_row()  # type: ignore[no-untyped-call]
            merged = row.cells[0].merge(row.cells[-1])
            _cell(merged, section.heading, size=size, bold=True)
            _mark(row._tr, "w:cantSplit")
        for one in section.rows:
            _row(table, one, columns, size)
    for row in table.rows:
        for cell, width in zip(row.cells, columns.values(), strict=True):
            if len(set(row.cells)) > 1:
                cell.width = Cm(width)


def _grid(
    doc: Doc, columns: Mapping[str, float], names: Mapping[str, str], lang: str, *, size: float
) -> Table:
    """A table with its head, which stands on every page; ``names``: the texts of the head."""
    table: Table = doc.add_table(rows=1, cols=len(columns), style="Table Grid")
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    _layout(table, list(columns.values()))
    for cell, (name, width) in zip(table.rows[0].cells, columns.items(), strict=True):
        _cell(cell, say(names[name], lang), size=size, bold=True, centred=True)
        cell.width = Cm(width)
    _mark(table.rows[0]._tr, "w:tblHeader")
    return table


def _row(table: Table, one: Row, columns: Mapping[str, float], size: float) -> None:
    row = table.add_row()  # type: ignore[no-untyped-call]
    _mark(row._tr, "w:cantSplit")
    for cell, name in zip(row.cells, columns, strict=True):
        if name == "bullet":
            _bullet(cell, one, columns[name])
            continue
        _cell(cell, getattr(one, name), size=size, bold=name == "status", centred=name in _CENTRE)
        if name in _RIGHT:
            cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT


def _bullet(cell: _Cell, one: Row, width: float) -> None:
    paragraph = cell.paragraphs[0]
    cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
    paragraph.paragraph_format.space_after = Pt(0)
    if one.drawn is None:
        return
    shape = paragraph.add_run().add_picture(io.BytesIO(picture(one.drawn)), width=Cm(width - 0.6))
    shape._inline.docPr.set("descr", one.spoken)


def _cell(
    cell: _Cell, text: str, *, size: float, bold: bool = False, centred: bool = False
) -> None:
    paragraph = cell.paragraphs[0]
    cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
    _write(paragraph, text, size=size, bold=bold, centred=centred)
    paragraph.paragraph_format.space_after = Pt(0)


def _layout(table: Table, widths: Sequence[float]) -> None:
    """Fixed widths and narrow margins inside the cells; Word and LibreOffice both obey."""
    properties = table._tbl.tblPr
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        margin = OxmlElement(f"w:{side}")
        margin.set(qn("w:w"), "60")
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    properties.append(margins)
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Cm(width)


def _mark(row: object, name: str) -> None:
    """Set a flag of a table row: repeat as head, do not break."""
    row.get_or_add_trPr().append(OxmlElement(name))  # type: ignore[attr-defined]
