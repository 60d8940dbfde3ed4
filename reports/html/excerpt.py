"""The row of a workbook as it was sent, drawn as a sheet with the cell in view marked.

Letters above and numbers at the left, as the sender saw them. Numbers are written the
reader's way but with every decimal they have; texts are shown letter by letter.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from kpi.excerpts import Excerpt, ExcerptCell, ExcerptRow
from reports.html import escape
from texts import say
from texts.numbers import number

_NEAR = 4  # columns at the left of the cell in view


def excerpt_table(found: Excerpt, lang: str) -> str:
    """The card with the rows, and the formula where the cell is the result of one."""
    return (
        f'<section class="card excerpt" lang="{lang}">{sheet_rows(found, lang)}'
        f"{_formula(found, lang)}</section>"
    )


def sheet_rows(found: Excerpt, lang: str) -> str:
    """The rows alone, for whoever has a frame of their own."""
    cell = f"{found.column}{found.row}"
    caption = escape.text(say("source.table", lang, cell=cell, sheet=found.sheet))
    letters = "".join(
        f'<th scope="col"{_css(here=letter == found.column, far=letter in _far(found))}>'
        f"{letter}</th>"
        for letter in found.columns
    )
    corner = f'<td><span class="sr">{escape.text(say("source.row", lang))}</span></td>'
    return (
        f'<div class="scroll"><table lang="vi">'
        f'<caption class="sr" lang="{lang}">{caption}</caption>'
        f"<thead><tr>{corner}{letters}</tr></thead>"
        f"<tbody>{_body(found, lang)}</tbody></table></div>"
    )


def _css(**names: bool) -> str:
    """Those of the class names that hold, as an attribute."""
    held = [name for name, holds in names.items() if holds]
    return f' class="{" ".join(held)}"' if held else ""


def _far(found: Excerpt) -> frozenset[str]:
    """Columns that a narrow screen can do without, so that the cell in view is in view."""
    here = found.columns.index(found.column)
    return frozenset(found.columns[: max(0, here - _NEAR)])


def _body(found: Excerpt, lang: str) -> str:
    """The rows; where some are left out in between, a line says so."""
    lines = [_row(found.rows[0], found, lang)]
    for before, row in pairwise(found.rows):
        if row.number > before.number + 1:
            said = escape.text(say("source.skipped", lang))
            lines.append(
                f'<tr class="skip"><td colspan="{len(found.columns) + 1}">'
                f'<span aria-hidden="true">⋯</span><span class="sr">{said}</span></td></tr>'
            )
        lines.append(_row(row, found, lang))
    return "".join(lines)


def _row(row: ExcerptRow, found: Excerpt, lang: str) -> str:
    far = _far(found)
    cells = "".join(
        _cell(
            cell, lang, marked=row.number == found.row and letter == found.column, far=letter in far
        )
        for letter, cell in zip(found.columns, row.cells, strict=True)
    )
    css = ' class="head"' if row.is_head else ""
    here = _css(here=row.number == found.row)
    return f'<tr{css}><th scope="row"{here}>{row.number}</th>{cells}</tr>'


def _cell(cell: ExcerptCell, lang: str, *, marked: bool, far: bool) -> str:
    shown = _css(num=cell.number is not None, marked=marked, far=far)
    current = ' aria-current="true"' if marked else ""
    said = f'<span class="sr"> ({escape.text(say("source.marked", lang))})</span>' if marked else ""
    return f"<td{shown}{current}>{escape.text(cell_text(cell, lang))}{said}</td>"


def cell_text(cell: ExcerptCell, lang: str) -> str:
    """What stood in the cell."""
    if cell.number is None:
        return cell.text
    return number(cell.number, cell.decimals, lang) + ("%" if cell.percent else "")


def _formula(found: Excerpt, lang: str) -> str:
    formula = found.cell.formula
    if not formula:
        return ""
    return f'<p class="cap">{escape.text(say("source.formula", lang, formula=formula))}</p>'


def facts_list(facts: Sequence[tuple[str, str]], lang: str) -> str:
    """Whose file it is: key of the label, and text."""
    lines = "".join(
        f"<div><dt>{escape.text(say(f'source.facts.{key}', lang))}</dt>"
        f"<dd>{escape.text(text)}</dd></div>"
        for key, text in facts
        if text
    )
    return f'<section class="card file-facts" lang="{lang}"><dl>{lines}</dl></section>'


def way_back(href: str, text: str, lang: str) -> str:
    """A link to where the reader came from; ``href`` is already escaped."""
    return (
        f'<nav class="crumb" lang="{lang}"><a href="{href}" target="_self">'
        f"‹ {escape.text(text)}</a></nav>"
    )
