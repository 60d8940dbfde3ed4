"""Small workbooks made by hand, part by part: what no program that means well would save."""

from __future__ import annotations

import warnings
import zipfile
from collections.abc import Mapping
from io import BytesIO

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"

SHEET = "xl/worksheets/sheet1.xml"
STYLES = "xl/styles.xml"
TEXTS = "xl/sharedStrings.xml"
WORKBOOK = "xl/workbook.xml"
WORKBOOK_RELATIONS = "xl/_rels/workbook.xml.rels"


def sheet(rows: str, before: str = "", after: str = "") -> str:
    return f'<worksheet xmlns="{MAIN}">{before}<sheetData>{rows}</sheetData>{after}</worksheet>'


def workbook(sheets: str, more: str = "") -> str:
    return (
        f'<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}">{more}<sheets>{sheets}</sheets></workbook>'
    )


def relations(**kinds: str) -> str:
    """Relations of the workbook, by id; ``kind:target``."""
    each = (
        f'<Relationship Id="{id_}" Type="{RELATIONS}/{kind}" Target="{target}"/>'
        for id_, (kind, _, target) in ((id_, said.partition(":")) for id_, said in kinds.items())
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{"".join(each)}</Relationships>'


def styles(cells: str = '<xf numFmtId="0" fontId="0"/>', formats: str = "", fonts: str = "") -> str:
    return (
        f'<styleSheet xmlns="{MAIN}"><numFmts>{formats}</numFmts>'
        f"<fonts>{fonts or '<font/>'}</fonts><cellXfs>{cells}</cellXfs></styleSheet>"
    )


def texts(items: str = "<si><t>một</t></si>") -> str:
    return f'<sst xmlns="{MAIN}">{items}</sst>'


USUAL: Mapping[str, str] = {
    "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"/>',
    WORKBOOK: workbook('<sheet name="Biểu" sheetId="1" r:id="r1"/>'),
    WORKBOOK_RELATIONS: relations(
        r1="worksheet:worksheets/sheet1.xml", r2="styles:styles.xml",
        r3="sharedStrings:sharedStrings.xml",
    ),
    SHEET: sheet('<row r="1"><c r="A1"><v>1</v></c></row>'),
    STYLES: styles(),
    TEXTS: texts(),
}  # fmt: skip


def packed(parts: Mapping[str, str | bytes] | None = None, twice: str = "") -> bytes:
    """The usual parts, some replaced or added; ``twice``: a part that comes again."""
    made = BytesIO()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # zipfile warns of the part that comes twice
        with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as package:
            for name, part in {**USUAL, **(parts or {})}.items():
                package.writestr(name, part)
            if twice:
                package.writestr(twice, USUAL[twice])
    return made.getvalue()
