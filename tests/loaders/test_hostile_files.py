"""Files made to do harm: each is refused with its own reason, or read like any other.

Every one is opened the way an upload is, in a process of its own, and none may cost it more
than 5 s of the processor and 300 MB above what it needs when idle. Fuzzed bytes may end in
a book or in a documented refusal, nothing else.
"""

from __future__ import annotations

import json
import subprocess
import sys
import zipfile
from collections.abc import Callable
from functools import cache
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import texts
from kpi.findings import Finding, Scope, UnreadableWorkbook
from loaders.limits import DEPTH, UPLOAD
from loaders.opening import open_book
from loaders.reading_apart import open_apart
from tests.loaders import packages
from tests.loaders.packages import SHEET, STYLES, TEXTS, WORKBOOK, packed
from texts.findings import message

MIB = 1024 * 1024
READ = "read"
LAUGHS = (
    '<!DOCTYPE x [<!ENTITY a "haha">'
    + "".join(
        f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True)
    )
    + "]>"
)
OUTSIDE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]>'
COLUMN = '<col min="1" max="16384" hidden="1"/>'
LONG_FORMULA = "A1+" * 2000 + "A1"


def cells(count: int, inside: str = "") -> str:
    row = "".join(f"<c>{inside}</c>" for _ in range(1000))
    return f"<row>{row}</row>" * (count // 1000)


def overlapping() -> bytes:
    """Two hundred entries of the directory that share one compressed stream."""
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as package:
        for name, part in packages.USUAL.items():
            package.writestr(name, part)
        package.writestr("xl/media/0.bin", bytes(MIB))
        shared = package.getinfo("xl/media/0.bin")
        for number in range(1, 200):
            again = zipfile.ZipInfo(f"xl/media/{number}.bin")
            again.compress_type, again.CRC = shared.compress_type, shared.CRC
            again.compress_size, again.file_size = shared.compress_size, shared.file_size
            again.header_offset = shared.header_offset
            package.filelist.append(again)
            package.NameToInfo[again.filename] = again
    return made.getvalue()


def ods_that_repeats(rows: int, columns: int, manifest: bytes = b"<m/>") -> bytes:
    """One value that says it stands in very many cells."""
    office = "urn:oasis:names:tc:opendocument:xmlns"
    content = (
        f'<office:document-content xmlns:office="{office}:office:1.0" '
        f'xmlns:table="{office}:table:1.0"><office:body><office:spreadsheet>'
        '<table:table table:name="a">'
        f'<table:table-row table:number-rows-repeated="{rows}">'
        '<table:table-cell office:value-type="float" office:value="1" '
        f'table:number-columns-repeated="{columns}"/></table:table-row></table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as package:
        kind = "application/vnd.oasis.opendocument.spreadsheet"
        package.writestr("mimetype", kind, zipfile.ZIP_STORED)
        package.writestr("META-INF/manifest.xml", manifest)
        package.writestr("content.xml", content)
    return made.getvalue()


HOSTILE: dict[str, tuple[Callable[[], bytes], set[str]]] = {
    "a part that inflates a thousandfold": (
        lambda: packed({"xl/media/a.bin": bytes(101 * MIB)}), {"too_big"}),
    "a sheet that inflates a thousandfold": (
        lambda: packed({SHEET: packages.sheet(" " * (21 * MIB))}), {"too_big"}),
    "a manifest that inflates a thousandfold": (
        lambda: ods_that_repeats(1, 1, b"encryption-data" + bytes(101 * MIB)), {"too_big"}),
    "a sheet of nothing but spaces": (
        lambda: packed({SHEET: packages.sheet(" " * (19 * MIB))}), {READ}),
    "a zip within the zip": (lambda: packed({"xl/media/a.zip": packed()}), {READ}),
    "entries that overlap": (overlapping, {"too_big"}),
    "more parts than any workbook has": (
        lambda: packed({f"xl/media/{n}.bin": b"" for n in range(501)}), {"too_many"}),
    "a part twice": (lambda: packed(twice=SHEET), {"unsafe_content"}),
    "a part twice but for its capitals": (
        lambda: packed({SHEET.upper(): packages.USUAL[SHEET]}), {"unsafe_content"}),
    "a part that climbs out": (lambda: packed({"xl/../../evil.xml": "<a/>"}), {"unsafe_content"}),
    "a part at the root": (lambda: packed({"/etc/passwd": "x"}), {"unsafe_content"}),
    "a relation that climbs out": (
        lambda: packed({packages.WORKBOOK_RELATIONS: packages.relations(
            r1="worksheet:../../../etc/passwd")}), {"unreadable_file"}),
    **{f"entities that multiply in {part}": (
        lambda part=part: packed({part: LAUGHS + packages.USUAL[part]}), {"unsafe_content"})
        for part in (SHEET, TEXTS, STYLES, WORKBOOK)},
    "an entity from outside": (
        lambda: packed({SHEET: OUTSIDE + packages.USUAL[SHEET]}), {"unsafe_content"}),
    "an entity in other letters": (
        lambda: packed({SHEET: ('<?xml version="1.0" encoding="utf-16"?>' + LAUGHS
                                + packages.USUAL[SHEET]).encode("utf-16")}), {"unsafe_content"}),
    "a document type inside": (
        lambda: packed({SHEET: packages.sheet(f"{LAUGHS}")}), {"unreadable_file"}),
    "an entity nobody declared": (
        lambda: packed({SHEET: packages.sheet("<row>&b;</row>")}), {"unreadable_file"}),
    "giant dimensions": (
        lambda: packed({SHEET: packages.sheet("", '<dimension ref="A1:XFD1048576"/>')}), {READ}),
    "a far cell": (
        lambda: packed({SHEET: packages.sheet(
            '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')}), {READ}),
    "a cell outside any sheet": (
        lambda: packed({SHEET: packages.sheet(
            '<row r="1"><c r="XFE1"><v>1</v></c></row>')}), {"unreadable_file"}),
    "a row beyond the last": (
        lambda: packed({SHEET: packages.sheet('<row r="1048577"/>')}), {"unreadable_file"}),
    "a cell twice": (
        lambda: packed({SHEET: packages.sheet(
            '<row r="1"><c r="A1"><v>1</v></c><c r="A1"><v>2</v></c></row>')}),
        {"unreadable_file"}),
    "a row twice": (
        lambda: packed({SHEET: packages.sheet('<row r="1"/><row r="1"/>')}), {"unreadable_file"}),
    "a million cells": (
        lambda: packed({SHEET: packages.sheet(cells(1_000_000))}), {"too_many"}),
    "as many cells as allowed": (
        lambda: packed({SHEET: packages.sheet(cells(UPLOAD.cells, "<v>1</v>"))}), {READ}),
    "a million shared texts": (
        lambda: packed({TEXTS: packages.texts("<si><t>a</t></si>" * 1_000_000)}), {"too_many"}),
    "a text of 19 MB": (
        lambda: packed({TEXTS: packages.texts(f"<si><t>{'a' * (19 * MIB)}</t></si>")}),
        {"unsafe_content"}),
    "thousands of sheets": (
        lambda: packed({WORKBOOK: packages.workbook("".join(
            f'<sheet name="{n}" sheetId="{n}" r:id="r1"/>' for n in range(1, 5000)))}),
        {"too_many"}),
    "one part as two hundred sheets": (
        lambda: packed({
            WORKBOOK: packages.workbook("".join(
                f'<sheet name="{n}" sheetId="{n}" r:id="r1"/>' for n in range(1, 201))),
            SHEET: packages.sheet(cells(100_000))}), {"too_many"}),
    "a hundred thousand styles": (
        lambda: packed({STYLES: packages.styles('<xf numFmtId="0"/>' * 100_000)}), {"too_many"}),
    "a hundred thousand fonts": (
        lambda: packed({STYLES: packages.styles(fonts="<font/>" * 100_000)}), {"too_many"}),
    "a number format of 10 MB": (
        lambda: packed({STYLES: packages.styles(
            '<xf numFmtId="165"/>', f'<numFmt numFmtId="165" formatCode="{"[" * (10 * MIB)}"/>')}),
        {READ}),
    **{f"{name} nested deeply": (
        lambda part=part, name=name: packed({part: packages.USUAL[part].replace(
            ">", ">" + f"<{name}>" * 500_000 + f"</{name}>" * 500_000, 1)}),
        {"unsafe_content", "too_many"})
        for part, name in ((SHEET, "extLst"), (STYLES, "a"), (TEXTS, "a"), (WORKBOOK, "a"))},
    **{f"{name} within each other": (
        lambda name=name: packed({SHEET: packages.sheet(
            f"<row>{f'<{name}>' * 200_000}{f'</{name}>' * 200_000}</row>")}),
        {"unsafe_content", "too_many"})
        for name in ("row", "c", "v", "is")},
    "a million merged blocks": (
        lambda: packed({SHEET: packages.sheet(
            "", after=f"<mergeCells>{'<mergeCell/>' * 1_000_000}</mergeCells>")}),
        {"too_many", "unreadable_file"}),
    "a million columns": (
        lambda: packed({SHEET: packages.sheet(
            "", "<cols>" + COLUMN * 400_000 + "</cols>")}),
        {"too_many"}),
    "a million of anything": (
        lambda: packed({SHEET: packages.sheet(
            "", after=f"<extLst>{'<ext><a/></ext>' * 1_000_000}</extLst>")}), {"too_many"}),
    "a long formula for very many cells": (
        lambda: packed({SHEET: packages.sheet(
            f'<row><c><f t="shared" si="0" ref="A1:B9">{LONG_FORMULA}</f><v>1</v></c></row>'
            + cells(200_000, '<f t="shared" si="0"/><v>1</v>'))}),
        {"took_too_much_memory", "took_too_long"}),
    "a formula of 9 MB": (
        lambda: packed({SHEET: packages.sheet(
            f"<row><c><f>{'A1+' * (3 * MIB)}</f><v>1</v></c></row>")}), {"unsafe_content"}),
    "an attribute of 19 MB": (
        lambda: packed({SHEET: packages.sheet(f'<row r="{"1" * (19 * MIB)}"/>')}),
        {"unreadable_file", "took_too_much_memory", "took_too_long"}),
    "numbers with a million digits": (
        lambda: packed({SHEET: packages.sheet(f"<row><c><v>{'9' * MIB}</v></c></row>")}),
        {READ, "unsafe_content"}),
    "an OpenDocument sheet full of one value": (
        lambda: ods_that_repeats(1_048_576, 16_384), {"unreadable_file"}),
    "an OpenDocument sheet with twenty million values": (
        lambda: ods_that_repeats(20_000, 1_000),
        {"too_many", "took_too_much_memory", "reading_failed", "unreadable_file"}),
}  # fmt: skip

# The process that opens them all, one after the other, and says what the readers took.
DRIVER = """
import json, resource, sys
from pathlib import Path
from kpi.findings import UnreadableWorkbook
from loaders.reading_apart import open_apart

def taken():
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime, used.ru_maxrss

for path in sys.argv[1:]:
    before = taken()[0]
    try:
        open_apart(Path(path).read_bytes(), "a.xlsx")
        end = ["read", "", "", {}]
    except UnreadableWorkbook as refused:
        one = refused.findings[0]
        end = [str(one.code), one.found, one.expected, dict(one.facts)]
    after, memory = taken()
    print(json.dumps([*end, after - before, memory]), flush=True)
"""


@pytest.fixture(scope="module")
def ends(root: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[object]]:
    """How opening each ended: code, found, expected, facts, seconds, kB so far at most."""
    pytest.importorskip("resource", reason="only where the system measures what was taken")
    folder = tmp_path_factory.mktemp("hostile")
    paths = [folder / "idle.xlsx", *(folder / f"{n}.xlsx" for n in range(len(HOSTILE)))]
    paths[0].write_bytes(packed())
    for path, (make, _) in zip(paths[1:], HOSTILE.values(), strict=True):
        path.write_bytes(make())
    done = subprocess.run(
        [sys.executable, "-c", DRIVER, *map(str, paths)],
        cwd=root, capture_output=True, text=True, check=True,
    )  # fmt: skip
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    return dict(zip(["idle", *HOSTILE], lines, strict=True))


@pytest.mark.parametrize("name", HOSTILE)
def test_each_is_refused_for_its_reason_or_read(name: str, ends: dict[str, list[object]]) -> None:
    code, found, expected, facts, seconds, memory = ends[name]
    idle = ends["idle"][5]

    assert code in HOSTILE[name][1]
    assert isinstance(seconds, float) and seconds < 5
    assert isinstance(memory, int) and isinstance(idle, int)
    assert memory - idle < 300 * 1024
    if code != READ:
        assert isinstance(facts, dict)
        refused = Finding(str(code), found=str(found), expected=str(expected), facts=facts)
        for lang in texts.LANGUAGES:
            assert message(refused, lang).endswith(".")


def test_a_limit_is_named_in_the_sentence() -> None:
    with pytest.raises(UnreadableWorkbook) as refused:
        open_book(packed({SHEET: packages.sheet(cells(300_000))}), "a.xlsx")

    assert "250.000 ô" in message(refused.value.findings[0], "vi")


def test_a_far_cell_is_read_where_it_stands() -> None:
    far = '<row r="1048576"><c r="XFD1048576"><v>7</v></c></row>'
    (sheet,) = open_apart(packed({SHEET: packages.sheet(far)}), "a.xlsx").sheets

    assert {at: cell.value for at, cell in sheet.cells.items()} == {(1_048_576, 16_384): 7}


def test_reasonable_depth_is_allowed() -> None:
    deep = "<a>" * (DEPTH - 10) + "</a>" * (DEPTH - 10)

    assert open_book(packed({SHEET: packages.sheet("", after=deep)}), "a.xlsx").sheets


# --- any bytes


@cache
def district(root: Path) -> bytes:
    return (root / "data" / "samples" / "2018" / "CaoLoc_Q3_2018.xlsx").read_bytes()


def documented_end(data: bytes) -> str:
    try:
        return open_book(data, "a.xlsx").format.value
    except UnreadableWorkbook as refused:
        (finding,) = refused.findings
        assert finding.scope is Scope.FILE
        return message(finding, "vi")


@given(
    st.lists(st.tuples(st.integers(0, 12_000), st.integers(0, 255)), max_size=6),
    st.integers(0, 12_000),
)
def test_fuzzed_bytes_have_no_other_end(root: Path, edits: list[tuple[int, int]], cut: int) -> None:
    data = bytearray(district(root))
    for at, byte in edits:
        data[at % len(data)] = byte

    assert documented_end(bytes(data[: cut or len(data)]))
    assert documented_end(bytes(data))


@given(
    st.sampled_from([SHEET, STYLES, WORKBOOK, packages.WORKBOOK_RELATIONS]),
    st.lists(
        st.tuples(st.integers(0, 16_000), st.integers(0, 4), st.binary(max_size=5)),
        min_size=1, max_size=4,
    ),
)  # fmt: skip
def test_fuzzed_parts_have_no_other_end(
    root: Path, name: str, edits: list[tuple[int, int, bytes]]
) -> None:
    """Here the zip's checksums are right, so that the damage reaches the XML."""
    made = BytesIO()
    with zipfile.ZipFile(BytesIO(district(root))) as old, zipfile.ZipFile(made, "w") as new:
        for part in old.namelist():
            content = bytearray(old.read(part))
            for at, length, put in edits if part == name else ():
                content[at % len(content) : at % len(content) + length] = put
            new.writestr(part, bytes(content))

    assert documented_end(made.getvalue())
