"""One sheet in one pass: cells with value, kind, style and formula, and what is hidden.

The tree is built by C and taken apart row by row while it grows, so that neither a call
into Python for every tag nor the whole sheet in memory is paid for. Rows and cells must
come in order and once, as Excel demands too: a second cell at the same place would be read
by one program and not by another. The size a sheet says it has is not believed, so a far
cell costs no more than a near one. What stands around the rows is ``loaders.xlsx.layout``'s
business, what a value's text means that of ``loaders.xlsx.values``.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from loaders.books import Sheet
from loaders.limits import COLUMNS, FORMULA_LENGTH, ROWS, Limits
from loaders.package_guard import UNSAFE_CONTENT, refuse, too_many
from loaders.packed_cells import PackedCells, Style
from loaders.xlsx.formulas import SharedFormula
from loaders.xlsx.layout import Layout, column_of
from loaders.xlsx.parts import NAMESPACES, Package, broken, is_true, whole
from loaders.xlsx.styles import old_font
from loaders.xlsx.texts import SharedTexts, of_sane_length, unescaped
from loaders.xlsx.values import EMPTY, TEXT, UNCALCULATED, Content, number, plain_number, worded


@dataclass
class Surroundings:
    """What all sheets of a workbook have in common; ``cells`` counts those of all sheets."""

    styles: list[Style]
    texts: SharedTexts
    limits: Limits
    from_1904: bool = False
    cells: int = 0
    columns: dict[str, int] = field(default_factory=dict)  # numbers by letters

    def count(self, more: int) -> None:
        """There are ``more`` cells.

        Raises:
            UnreadableWorkbook: if those of all sheets together are too many.
        """
        self.cells += more
        if self.cells > self.limits.cells:
            too_many("cells", self.limits.cells)


def read_sheet(
    package: Package, part: str, title: str, around: Surroundings, *, visible: bool
) -> Sheet:
    """
    Raises:
        UnreadableWorkbook: if the part is broken, or larger than the limits allow.
    """
    namespace = package.root_namespace(part)
    if namespace not in NAMESPACES:
        broken()
    rows = _Rows(around, namespace)
    layout = Layout(namespace)
    package.grow(part, {f"{{{namespace}}}sheetData": rows.add}, layout.take)
    return Sheet(
        title=title,
        cells=rows.cells,
        visible=visible,
        hidden_rows=frozenset(rows.hidden),
        hidden_columns=frozenset(layout.hidden_columns),
        filtered=layout.is_filtered and bool(rows.hidden),
        merges=tuple(layout.merges),
    )


class _Rows:
    """Takes the rows of a sheet in, one after the other."""

    def __init__(self, around: Surroundings, namespace: str) -> None:
        self.cells = PackedCells(around.styles)
        self.hidden: set[int] = set()
        self._around = around
        self._row = 0
        self._styles: dict[str | None, int] = {None: 0}
        self._dates = {n for n, style in enumerate(around.styles) if style.is_date}
        self._shared: dict[str, SharedFormula] = {}
        self._row_tag, self._c, self._v, self._f, self._is, self._t, self._rph, self._font = (
            f"{{{namespace}}}{name}" for name in ("row", "c", "v", "f", "is", "t", "rPh", "rFont")
        )

    def add(self, rows: Iterable[Element]) -> None:
        for row in rows:
            if row.tag == self._row_tag:
                written = row.get("r")
                number = self._row + 1 if written is None else whole(written)
                if not self._row < number <= ROWS:
                    broken()
                self._row = number
                if is_true(row.attrib, "hidden") or row.get("ht") == "0":
                    self.hidden.add(number)
                start = len(self.cells)
                self._add_cells(row, str(number))
                self.cells.end_row(number, start)

    def _add_cells(self, row: Element, row_text: str) -> None:
        """The hot loop, longer than others: a million cells pass through it, so plain
        numbers and shared texts, nearly all of them, are dealt with on the spot."""
        around, known, width = self._around, self._around.columns, len(row_text)
        around.count(len(row))
        packed, styles, dates, texts = self.cells, self._styles, self._dates, around.texts.texts
        old_fonts, c, v, last = around.texts.fonts, self._c, self._v, 0
        columns, style_of, kinds, contents = [], [], [], packed.contents
        content: Content | None
        for cell in row:
            if cell.tag != c:
                continue
            get = cell.get
            reference = get("r")
            if reference is None:
                column = last + 1
            elif reference[-width:] == row_text:
                column = known.get(reference[:-width]) or column_of(reference[:-width], known)
            else:
                broken()
            if not last < column <= COLUMNS:
                broken()
            last = column
            count = len(cell)
            if not count:
                continue
            named, kind = get("s"), get("t")
            style = styles[named] if named in styles else self._style(named or "")
            text = cell[0].text if count == 1 and cell[0].tag == v else None
            if text and kind is None and style not in dates and text.isascii():
                content = plain_number(text)
            elif text and kind == "s" and not old_fonts and text.isdigit():
                index = int(text)
                if index >= len(texts):
                    broken()
                content = texts[index], TEXT
            else:
                content = self._cell(cell, column, style, kind or "n")
                if content is None:
                    continue
            columns.append(column)
            style_of.append(style)
            contents.append(content[0])
            kinds.append(content[1])
        packed.extend(columns, style_of, kinds)

    def _cell(self, cell: Element, column: int, style: int, kind: str) -> Content | None:
        """Any cell; None where nothing stands in it."""
        text = formula = inline = None
        for child in cell:
            if child.tag == self._v:
                text = child.text
            elif child.tag == self._f:
                formula = self._formula(child, column)
            elif child.tag == self._is:
                inline = child
        if kind == "n" and text:
            content: Content | None = number(
                text, self.cells.styles[style], from_1904=self._around.from_1904
            )
        else:
            content = self._content(kind, text, formula is not None, inline)
        if content is not None and formula is not None:
            self.cells.formulas[len(self.cells.contents)] = formula
        return content

    def _content(
        self, kind: str, text: str | None, has_formula: bool, inline: Element | None
    ) -> Content | None:
        """Value and kind of what is not a number; None where nothing stands in the cell."""
        if kind == "inlineStr" and inline is not None:
            text = self._inline(inline)
        if not text:
            # a formula that gives "" keeps the type of a text; one never computed has none
            blank = EMPTY if kind == "str" else UNCALCULATED
            return (None, blank) if has_formula else None
        if kind == "s":
            return self._shared_text(text)
        return worded(of_sane_length(text), kind)

    def _shared_text(self, text: str) -> Content:
        index, texts = whole(text.strip()), self._around.texts
        if index >= len(texts.texts):
            broken()
        if index in texts.fonts:
            self.cells.fonts[len(self.cells.contents)] = texts.fonts[index]
        return texts.texts[index], TEXT

    def _inline(self, inline: Element) -> str:
        """The text in the cell itself: its runs joined, phonetic hints left out."""
        pieces: list[str] = []
        for child in inline:
            if child.tag == self._rph:
                continue
            pieces += [one.text or "" for one in child.iter(self._t)]
            for font in child.iter(self._font):
                if name := old_font(font.get("val", "")):
                    self.cells.fonts.setdefault(len(self.cells.contents), name)
        return unescaped("".join(pieces))

    def _formula(self, element: Element, column: int) -> str | SharedFormula:
        text = "=" + (element.text or "")
        if len(text) > FORMULA_LENGTH:
            refuse(UNSAFE_CONTENT, variant="length")
        kind = element.get("t")
        if kind == "shared":
            index = element.get("si", "")
            if index not in self._shared and text != "=":
                self._shared[index] = SharedFormula(text, self._row, column)
            return self._shared.get(index, text)
        if kind == "dataTable":
            inputs = [cell for name in ("r1", "r2") if (cell := element.get(name))]
            return f"=TABLE({','.join(inputs)})"
        return text

    def _style(self, written: str) -> int:
        style = whole(written)
        if style >= len(self.cells.styles):
            broken()
        self._styles[written] = style
        return style
