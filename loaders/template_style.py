"""How a form looks on screen and paper: fonts, colours, borders, number formats.

Times New Roman and a centred title block, as the province's papers have them. Only the
cells to be filled in carry colour. One named style per kind of cell: they show in the
program's list of styles, and a cell is dressed by one assignment. Where things stand is
``loaders.template``'s business.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from textwrap import wrap

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Protection, Side

_FAMILY = "Times New Roman"
_GREY = "595959"
_LINE = Side(style="thin", color="8C8C8C")
_BOX = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
_BAND = Border(top=_LINE, bottom=_LINE)  # no upright lines: the name may run across
_NO_BORDER = Border()

# 42A is Vietnamese: a program that minds it shows 6.296,5 whatever its own language.
_LOCALE = "[$-42A]"
_LINE_HEIGHT = 15.0  # points, for 11 point type


def _style(
    name: str,
    alignment: Alignment,
    *,
    bold: bool = False,
    italic: bool = False,
    size: float = 11,
    colour: str = "000000",
    fill: str | None = None,
    border: Border = _NO_BORDER,
    unlocked: bool = False,
) -> NamedStyle:
    style = NamedStyle(
        name=style_name(name),
        font=Font(name=_FAMILY, size=size, bold=bold, italic=italic, color=colour),
        alignment=alignment,
        border=border,
        protection=Protection(locked=not unlocked),
    )
    if fill:
        style.fill = PatternFill("solid", fgColor=fill)
    return style


_CENTRE = Alignment(horizontal="center", vertical="center", wrap_text=True)
_LEFT = Alignment(horizontal="left", vertical="center", wrap_text=True, indent=1)
_INDENTED = Alignment(horizontal="left", vertical="center", wrap_text=True, indent=2)
_RIGHT = Alignment(horizontal="right", vertical="center", indent=1)
_ACROSS = Alignment(horizontal="left", vertical="center")
_SHRUNK = Alignment(horizontal="left", vertical="center", shrink_to_fit=True)
_TOP = Alignment(horizontal="left", vertical="top", wrap_text=True)

_HEADER = "DDE5F1"
_GROUP = "EDF1F7"
_INPUT = "FFF7D6"


def add_styles(book: Workbook, decimals: Iterable[int]) -> None:
    """Give ``book`` every style, figures for each number of ``decimals`` included.

    Made anew for each workbook: openpyxl ties a named style to the workbook it is added
    to, and two people may ask for a template at the same moment.
    """
    for style in (*_words(), *_figures(decimals)):
        book.add_named_style(style)


def style_name(name: str) -> str:
    """The name under which ``book`` knows a style."""
    return f"bm_{name}"


def _words() -> Iterator[NamedStyle]:
    yield _style("title", _CENTRE, bold=True, size=14)
    yield _style("strong", _CENTRE, bold=True)
    yield _style("plain", _CENTRE)
    yield _style("italic", _CENTRE, italic=True)
    yield _style("small", _TOP, italic=True, size=10, colour=_GREY)
    yield _style("header", _CENTRE, bold=True, fill=_HEADER, border=_BOX)
    yield _style("group", _ACROSS, bold=True, fill=_GROUP, border=_BAND)
    yield _style("group_number", _CENTRE, bold=True, fill=_GROUP, border=_BAND)
    yield _style("subgroup", _ACROSS, bold=True, border=_BAND)
    yield _style("subgroup_number", _CENTRE, bold=True, border=_BAND)
    # for the program, not for the reader
    yield _style("code", _SHRUNK, size=7, colour="808080", border=_BOX)
    yield _style("centre", _CENTRE, border=_BOX)
    yield _style("left", _LEFT, border=_BOX)
    yield _style("indented", _INDENTED, border=_BOX)
    yield _style("note", _LEFT, size=10, fill=_INPUT, border=_BOX, unlocked=True)


def _figures(decimals: Iterable[int]) -> Iterator[NamedStyle]:
    for places in sorted(set(decimals)):
        read = _style(f"figure_{places}", _RIGHT, colour=_GREY, border=_BOX)
        filled = _style(
            f"input_{places}", _RIGHT, bold=True, fill=_INPUT, border=_BOX, unlocked=True
        )
        for style in (read, filled):
            style.number_format = f"{_LOCALE}#,##0" + ("." + "0" * places if places else "")
            yield style


def row_height(*texts: tuple[str, float]) -> float:
    """Height for the tallest of (text, column width), since Excel does not measure it."""
    lines = max(len(wrap(text, max(1, int(width)))) for text, width in texts)
    return _LINE_HEIGHT * max(1, lines) + 5
