"""A letter that asks one reporter for a report that is owed, in the form of an official letter.

Says what is due, until when, and what is missing; blames nobody. Number, day and signature are
put in by hand.
"""

from __future__ import annotations

import io
from datetime import date, datetime

from docx import Document
from docx.document import Document as Doc
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from docx.table import _Cell

from kpi.completeness import Filing, Report
from texts import say
from texts.numbers import date_text, period_name

_FONT = "Times New Roman"


def reminder_docx(
    report: Report, reporter: str, lang: str, *, today: date, made_at: datetime
) -> bytes:
    """The letter's bytes; ``reporter`` is the full name."""
    doc, asked = Document(), report.asked
    style = doc.styles["Normal"]
    style.font.name, style.font.size = _FONT, Pt(14)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), _FONT)
    page = doc.sections[0]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    page.left_margin, page.right_margin = Cm(3), Cm(2)
    core = doc.core_properties
    core.author = core.last_modified_by = core.comments = ""
    core.created = core.modified = made_at.replace(tzinfo=None)
    period = period_name(asked.period, lang, "inside")
    core.title = say("reminders.subject", lang, period=period)
    _heading(doc, lang, core.title)
    _say(doc, say("reminders.to", lang, reporter=reporter), centred=True, bold=True)
    for text in body(report, lang, today=today):
        _say(doc, text, indent=True)
    _foot(doc, lang)
    buffer = io.BytesIO()
    doc.save(buffer)
    return buffer.getvalue()


def body(report: Report, lang: str, *, today: date) -> list[str]:
    """What the letter says, paragraph by paragraph."""
    asked = report.asked
    facts = {
        "period": period_name(asked.period, lang, "inside"),
        "due": date_text(asked.until, lang),
        "today": date_text(today, lang),
    }
    if report.days_over:
        said = [say("reminders.after", lang, days=report.days_over, **facts)]
    else:
        said = [say("reminders.before", lang, **facts)]
    if report.state is Filing.TO_FIX:
        said.append(say("reminders.returned", lang))
    said.append(say("reminders.asked", lang, expected=asked.expected))
    return [*said, say("reminders.thanks", lang)]


def _heading(doc: Doc, lang: str, subject: str) -> None:
    left, right = doc.add_table(rows=1, cols=2).rows[0].cells
    office = [(say(f"reminders.{name}", lang), name == "office") for name in ("body", "office")]
    _lines(left, [*office, (say("reminders.number", lang), False), (subject, False)])
    state = [(say(f"meeting.{name}", lang), True) for name in ("state", "motto")]
    _lines(right, [*state, (say("meeting.place", lang), False)])


def _foot(doc: Doc, lang: str) -> None:
    left, right = doc.add_table(rows=1, cols=2).rows[0].cells
    names = ("receivers", "receiver_one", "receiver_two")
    _lines(left, [(say(f"reminders.{n}", lang), n == "receivers") for n in names], centred=False)
    _lines(right, [(say("reminders.signature", lang), True)])


def _lines(cell: _Cell, lines: list[tuple[str, bool]], *, centred: bool = True) -> None:
    for number, (text, bold) in enumerate(lines):
        paragraph = cell.paragraphs[0] if number == 0 else cell.add_paragraph()
        run = paragraph.add_run(text)
        run.bold, run.font.size = bold, Pt(12)
        paragraph.paragraph_format.space_after = Pt(2)
        if centred:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER


def _say(
    doc: Doc, text: str, *, bold: bool = False, centred: bool = False, indent: bool = False
) -> None:
    paragraph = doc.add_paragraph()
    paragraph.add_run(text).bold = bold
    paragraph.paragraph_format.space_before = Pt(6)
    if centred:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    if indent:
        paragraph.paragraph_format.first_line_indent = Cm(1.27)
        paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
