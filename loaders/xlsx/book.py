"""The workbook part: which sheets there are, in which order, and what all have in common."""

from __future__ import annotations

from dataclasses import dataclass, field
from zipfile import ZipFile

from loaders.books import Book, BookFormat, Sheet
from loaders.limits import Limits
from loaders.package_guard import too_many
from loaders.packed_cells import PLAIN
from loaders.xlsx.parts import RELATIONS, Attributes, Package, Relation, broken, is_true
from loaders.xlsx.sheet import Surroundings, read_sheet
from loaders.xlsx.styles import read_styles
from loaders.xlsx.texts import SharedTexts, read_texts

_WORKBOOK = "xl/workbook.xml"
_TYPES = "[Content_Types].xml"


@dataclass
class _Listed:
    """What ``workbook.xml`` says of itself."""

    sheets: list[tuple[str, str, bool]] = field(default_factory=list)  # title, id, visible
    from_1904: bool = False
    needs_calculation: bool = False


def read_package(archive: ZipFile, format_: BookFormat, limits: Limits) -> Book:
    """
    Raises:
        UnreadableWorkbook: if parts are lost or broken, or larger than the limits allow.
    """
    package = Package(archive, limits)
    if _TYPES not in package:
        broken()
    listed = _read_list(package, limits)
    relations = package.relations(_WORKBOOK)
    around = _surroundings(package, relations, limits, from_1904=listed.from_1904)
    return Book(
        format=format_,
        sheets=tuple(_sheets(package, listed, relations, around)),
        has_external_links=any(one.kind == "externalLink" for one in relations.values()),
        has_macros=format_ is BookFormat.XLSM,
        needs_calculation=listed.needs_calculation,
    )


def _read_list(package: Package, limits: Limits) -> _Listed:
    listed = _Listed()

    def sheet(attributes: Attributes) -> None:
        if len(listed.sheets) >= limits.sheets:
            too_many("sheets", limits.sheets)
        id_ = next((attributes[n] for kind in RELATIONS if (n := f"{kind} id") in attributes), "")
        visible = attributes.get("state", "visible") == "visible"
        listed.sheets.append((attributes.get("name", ""), id_, visible))

    def properties(attributes: Attributes) -> None:
        listed.from_1904 = is_true(attributes, "date1904")

    def calculation(attributes: Attributes) -> None:
        listed.needs_calculation = (
            is_true(attributes, "fullCalcOnLoad") or attributes.get("calcMode") == "manual"
        )

    package.parse(_WORKBOOK, {"sheet": sheet, "workbookPr": properties, "calcPr": calculation})
    titles = [title for title, _, _ in listed.sheets]
    if len(set(titles)) < len(titles):
        broken()
    return listed


def _surroundings(
    package: Package, relations: dict[str, Relation], limits: Limits, *, from_1904: bool
) -> Surroundings:
    part_of = {one.kind: one.target for one in relations.values()}
    styles, texts = part_of.get("styles"), part_of.get("sharedStrings")
    return Surroundings(
        styles=read_styles(package, styles) if styles else [PLAIN],
        texts=read_texts(package, texts, limits) if texts else SharedTexts(),
        limits=limits,
        from_1904=from_1904,
    )


def _sheets(
    package: Package, listed: _Listed, relations: dict[str, Relation], around: Surroundings
) -> list[Sheet]:
    sheets: list[Sheet] = []
    for title, id_, visible in listed.sheets:
        relation = relations.get(id_)
        if relation is None:
            broken()
        if relation.kind == "worksheet":  # a sheet of its own for a chart or old macros has none
            sheets.append(read_sheet(package, relation.target, title, around, visible=visible))
    return sheets
