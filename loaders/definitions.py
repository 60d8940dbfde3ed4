"""Read ``kpi_definitions.yaml``: the decree as objects, or every mistake in it at once.

Entries are validated one by one and the rules then run over those that are sound, so
that one misspelt key hides neither the other mistakes of its entry nor those of the next.
Which fields exist is said in ``definition_models``, what must hold between them in
``definition_rules`` and ``indicator_rules``, how they become objects in ``definition_objects``.
"""

from __future__ import annotations

from pathlib import Path

from kpi.definitions import Definitions
from loaders.definition_book import Book
from loaders.definition_models import (
    AgencyEntry,
    BasisEntry,
    CommitmentEntry,
    HeadEntry,
    IndicatorEntry,
    SectorEntry,
    UnitOfMeasureEntry,
)
from loaders.definition_objects import to_definitions
from loaders.definition_rules import check_book
from loaders.entry_lists import Places, read_head, read_list
from loaders.yaml_lines import Document, parse_document, read_text

_LISTS = ("sectors", "agencies", "units_of_measure", "bases", "indicators", "commitments")


def load_definitions(path: Path) -> Definitions:
    """Everything the file says, checked.

    Raises:
        DefinitionsError: lists every mistake with file, line, entry and field.
    """
    return parse_definitions(read_text(path), path.name)


def parse_definitions(text: str, name: str) -> Definitions:
    """The same of a text that was kept elsewhere; ``name`` stands in its mistakes.

    Raises:
        DefinitionsError: as ``load_definitions``.
    """
    book = _read(parse_document(text, name))
    check_book(book)
    book.document.raise_mistakes()
    return to_definitions(book)


def _read(document: Document) -> Book:
    places: Places = {}
    return Book(
        document=document,
        head=read_head(document, HeadEntry, _LISTS),
        sectors=read_list(document, "sectors", SectorEntry, places),
        agencies=read_list(document, "agencies", AgencyEntry, places),
        units_of_measure=read_list(document, "units_of_measure", UnitOfMeasureEntry, places),
        bases=read_list(document, "bases", BasisEntry, places),
        indicators=read_list(document, "indicators", IndicatorEntry, places),
        commitments=read_list(document, "commitments", CommitmentEntry, places),
        places=places,
    )
