"""One sheet in one pass: cells with value, kind, style and formula, and what is hidden.

Rows and cells must come in order and once, as Excel demands too: a second cell at the same
place would be read by one program and not by another. The size a sheet says it has is not
believed, so a far cell costs no more than a near one. What a value's text means is
``loaders.xlsx.values``' business.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from xml.parsers import expat

from loaders.books import Merge, Sheet
from loaders.letters import column_number
from loaders.limits import COLUMNS, FORMULA_LENGTH, ROWS, Limits
from loaders.package_guard import UNSAFE_CONTENT, refuse, too_many
from loaders.packed_cells import PackedCells, Style
from loaders.xlsx.formulas import SharedFormula
from loaders.xlsx.parts import NAMESPACES, Attributes, Package, broken, is_true, whole
from loaders.xlsx.styles import old_font
from loaders.xlsx.texts import SharedTexts, unescaped
from loaders.xlsx.values import EMPTY, TEXT, UNCALCULATED, Content, number, worded

_DIGITS = "0123456789"
_OWN_TEXT = frozenset({"str", "inlineStr"})


# How far into a cell the parser is; plain numbers, since they are compared a million times.
_OUTSIDE, _CELL, _FORMULA, _VALUE, _INLINE = range(5)


@dataclass
class Surroundings:
    """What all sheets of a workbook have in common; ``cells`` counts those of all sheets."""

    styles: list[Style]
    texts: SharedTexts
    limits: Limits
    from_1904: bool = False
    cells: int = 0
    columns: dict[str, int] = field(default_factory=dict)  # numbers by letters


@dataclass
class _Layout:
    """What stands around the rows."""

    hidden_columns: set[int] = field(default_factory=set)
    merges: list[Merge] = field(default_factory=list)
    is_filtered: bool = False

    def column(self, attributes: Attributes) -> None:
        if is_true(attributes, "hidden") or attributes.get("width") == "0":
            first, last = whole(attributes.get("min", "")), whole(attributes.get("max", ""))
            if last > COLUMNS:
                broken()
            self.hidden_columns.update(range(first, last + 1))

    def merge(self, attributes: Attributes) -> None:
        first, _, last = attributes.get("ref", "").partition(":")
        self.merges.append(Merge(*_place(first), *_place(last or first)))

    def filter(self, _: Attributes) -> None:
        self.is_filtered = True

    def properties(self, attributes: Attributes) -> None:
        self.is_filtered = is_true(attributes, "filterMode")


def _place(reference: str) -> tuple[int, int]:
    letters = reference.rstrip(_DIGITS)
    return whole(reference[len(letters) :]), column_of(letters, {})


def column_of(letters: str, known: dict[str, int]) -> int:
    if not (letters.isascii() and letters.isalpha() and letters.isupper() and len(letters) <= 3):
        broken()
    number = column_number(letters)
    if number > COLUMNS:
        broken()
    known[letters] = number
    return number


def read_sheet(
    package: Package, part: str, title: str, around: Surroundings, *, visible: bool
) -> Sheet:
    """
    Raises:
        UnreadableWorkbook: if the part is broken, or larger than the limits allow.
    """
    reader = _SheetReader(around)
    package.feed(part, reader.parser)
    reader.finish()
    layout = reader.layout
    return Sheet(
        title=title,
        cells=reader.cells,
        visible=visible,
        hidden_rows=frozenset(reader.hidden_rows),
        hidden_columns=frozenset(layout.hidden_columns),
        filtered=layout.is_filtered and bool(reader.hidden_rows),
        merges=tuple(layout.merges),
    )


class _SheetReader:
    """Handlers for expat. A call into Python is what costs, so most cells do without the
    ends of their elements: a cell is finished when the next one begins. Only where spaces
    mean something (a text in the cell itself) are the ends listened to."""

    def __init__(self, around: Surroundings) -> None:
        self.around = around
        self.cells = PackedCells(around.styles)
        self.layout = _Layout()
        self.hidden_rows: set[int] = set()
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._root
        self._characters: list[str] = []
        self.parser.CharacterDataHandler = self._characters.append
        self._limit = around.limits.cells
        self._columns, self._shown = around.columns, around.styles
        self._styles: dict[str, int] = {}
        self._add = self.cells.add
        self._others = 0
        self._row = self._column = self._row_start = self._style = 0
        self._row_text = ""
        self._type = "n"
        self._phase = _OUTSIDE
        self._captured: list[str] = []
        self._formula: str | SharedFormula | None = None
        self._formula_attributes: Attributes = {}
        self._font = ""
        self._phonetic = False
        self._shared: dict[str, SharedFormula] = {}

    def _root(self, name: str, _: Attributes) -> None:
        """The first element tells which dialect the sheet speaks."""
        namespace = name.rpartition(" ")[0]
        if namespace not in NAMESPACES:
            broken()
        self._c, self._v, self._f = (f"{namespace} {local}" for local in ("c", "v", "f"))
        self._row_name = f"{namespace} row"
        self._is, self._t, self._rph = (f"{namespace} {local}" for local in ("is", "t", "rPh"))
        layout = self.layout
        self._handlers = {
            f"{namespace} {local}": handler
            for local, handler in {
                "col": layout.column, "mergeCell": layout.merge,
                "filterColumn": layout.filter, "sheetPr": layout.properties,
                "rFont": self._run_font,
            }.items()
        }  # fmt: skip
        self.parser.StartElementHandler = self._start

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if name == self._v:
            self._begin_value()
        elif name == self._c:
            if self._phase:
                self._end_cell()
            self._begin_cell(attributes)
        elif name == self._f:
            if self._phase != _CELL:
                broken()
            self._phase = _FORMULA
            self._formula_attributes = attributes
            self._characters.clear()
        elif name == self._row_name:
            if self._phase:
                self._end_cell()
            self._begin_row(attributes)
        else:
            self._other(name, attributes)

    def _other(self, name: str, attributes: Attributes) -> None:
        self._others += 1
        if self._others > self._limit:
            too_many("elements", self._limit)
        if self._phase == _INLINE:
            self._characters.clear()
            self._phonetic = self._phonetic or name == self._rph
        elif name == self._is and self._phase == _CELL:
            self._phase = _INLINE
        elif self._phase:
            self._end_cell()
        handler = self._handlers.get(name)
        if handler is not None:
            handler(attributes)
        elif not self._phase:
            self._characters.clear()

    def _end(self, name: str) -> None:
        """Listened to only within a cell that keeps its own text."""
        if name == self._rph:
            self._phonetic = False
        elif (name == self._t and not self._phonetic) or name == self._v:
            self._captured.append("".join(self._characters))

    def finish(self) -> None:
        if self._phase:
            self._end_cell()
        self.cells.end_row(self._row, self._row_start)

    def _begin_row(self, attributes: Attributes) -> None:
        self.cells.end_row(self._row, self._row_start)
        number = attributes.get("r")
        row = self._row + 1 if number is None else whole(number)
        if not self._row < row <= ROWS:
            broken()
        self._row, self._row_text = row, str(row)
        self._column, self._row_start = 0, len(self.cells.columns)
        if is_true(attributes, "hidden") or attributes.get("ht") == "0":
            self.hidden_rows.add(row)

    def _begin_cell(self, attributes: dict[str, str]) -> None:
        around = self.around
        around.cells += 1
        if around.cells > self._limit:
            too_many("cells", self._limit)
        get = attributes.get
        reference = get("r")
        if reference is None:
            column = self._column + 1
        elif reference.endswith(self._row_text):
            letters = reference[: -len(self._row_text)]
            column = self._columns.get(letters) or column_of(letters, self._columns)
        else:
            broken()
        if not self._column < column <= COLUMNS:
            broken()
        self._column = column
        style = get("s")
        self._style = 0 if style is None else self._styles.get(style) or self._style_of(style)
        self._phase = _CELL
        self._type = kind = get("t", "n")
        if kind in _OWN_TEXT:
            self._captured, self._phonetic = [], False
            self.parser.EndElementHandler = self._end

    def _style_of(self, number: str) -> int:
        style = whole(number)
        if style >= len(self.cells.styles):
            broken()
        self._styles[number] = style
        return style

    def _begin_value(self) -> None:
        if self._phase == _FORMULA:
            self._end_formula()
        elif self._phase != _CELL:
            broken()
        self._phase = _VALUE
        self._characters.clear()

    def _run_font(self, attributes: Attributes) -> None:
        self._font = self._font or old_font(attributes.get("val", ""))

    def _end_formula(self) -> None:
        text = "=" + "".join(self._characters).rstrip()
        if len(text) > FORMULA_LENGTH:
            refuse(UNSAFE_CONTENT, variant="length")
        attributes = self._formula_attributes
        kind = attributes.get("t")
        self._formula = text
        if kind == "shared":
            number = attributes.get("si", "")
            if number not in self._shared and text != "=":
                self._shared[number] = SharedFormula(text, self._row, self._column)
            self._formula = self._shared.get(number, text)
        elif kind == "dataTable":
            inputs = [attributes[name] for name in ("r1", "r2") if attributes.get(name)]
            self._formula = f"=TABLE({','.join(inputs)})"

    def _end_cell(self) -> None:
        if self._phase == _FORMULA:
            self._end_formula()
        content = self._content()
        self._phase = _OUTSIDE
        if content is not None:
            if self._formula is not None:
                self.cells.formulas[len(self.cells.contents)] = self._formula
            if self._font:
                self.cells.fonts[len(self.cells.contents)] = self._font
            self._add(self._column, self._style, *content)
        self._formula, self._font = None, ""

    def _content(self) -> Content | None:
        """Value and kind; None where nothing stands in the cell."""
        kind = self._type
        if kind in _OWN_TEXT:
            self.parser.EndElementHandler = None
            text = unescaped("".join(self._captured))
        elif self._phase == _VALUE:
            pieces = self._characters
            text = (pieces[0] if len(pieces) == 1 else "".join(pieces)).strip()
        else:
            text = ""
        if not text:
            if self._formula is None:
                return None
            # a formula that gives "" keeps the type of a text; one never computed has none
            return None, EMPTY if kind == "str" else UNCALCULATED
        if kind == "n":
            return number(text, self._shown[self._style], from_1904=self.around.from_1904)
        if kind == "s":
            return self._shared_text(text)
        return worded(text, kind)

    def _shared_text(self, text: str) -> Content:
        number = whole(text)
        texts = self.around.texts
        if number >= len(texts.texts):
            broken()
        if number in texts.fonts:
            self._font = texts.fonts[number]
        return texts.texts[number], TEXT
