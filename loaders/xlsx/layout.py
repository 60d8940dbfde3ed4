"""What stands around the rows of a sheet, and how references name a place in it."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from loaders.books import Merge
from loaders.letters import column_number
from loaders.limits import COLUMNS
from loaders.xlsx.parts import Attributes, broken, is_true, whole

DIGITS = "0123456789"


class Layout:
    """Hidden columns, merged blocks and filters, taken from a sheet's other elements."""

    def __init__(self, namespace: str) -> None:
        self.hidden_columns: set[int] = set()
        self.merges: list[Merge] = []
        self.is_filtered = False
        self._namespace = f"{{{namespace}}}"

    def take(self, element: Element) -> None:
        """One finished element of the sheet."""
        name = element.tag.removeprefix(self._namespace)
        if name == "sheetPr":
            self.is_filtered = is_true(element.attrib, "filterMode")
        elif name == "cols":
            for column in element:
                self._column(column.attrib)
        elif name == "mergeCells":
            for merge in element:
                self._merge(merge.get("ref", ""))
        elif name == "autoFilter" and len(element):
            self.is_filtered = True

    def _column(self, attributes: Attributes) -> None:
        if is_true(attributes, "hidden") or attributes.get("width") == "0":
            first, last = whole(attributes.get("min", "")), whole(attributes.get("max", ""))
            if last > COLUMNS:
                broken()
            self.hidden_columns.update(range(first, last + 1))

    def _merge(self, reference: str) -> None:
        first, _, last = reference.partition(":")
        self.merges.append(Merge(*_place(first), *_place(last or first)))


def _place(reference: str) -> tuple[int, int]:
    letters = reference.rstrip(DIGITS)
    return whole(reference[len(letters) :]), column_of(letters, {})


def column_of(letters: str, known: dict[str, int]) -> int:
    if not (letters.isascii() and letters.isalpha() and letters.isupper() and len(letters) <= 3):
        broken()
    number = column_number(letters)
    if number > COLUMNS:
        broken()
    known[letters] = number
    return number
