"""The parts of a package, how they refer to each other, and how one of them is parsed."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import NoReturn, TypeVar
from xml.etree.ElementTree import Element, ParseError, TreeBuilder, XMLParser
from xml.parsers import expat
from zipfile import ZipFile

from kpi.finding_codes import FindingCode
from loaders.limits import DEPTH, Limits
from loaders.package_guard import UNSAFE_CONTENT, refuse, too_many

Attributes = Mapping[str, str]
T = TypeVar("T")
Start = Callable[[Attributes], None]
Take = Callable[[Iterable[Element]], None]
End = Callable[[], None]

_CHUNK = 256 * 1024
# Excel's usual dialect and the strict one of ISO 29500; prefixes may be any.
NAMESPACES = (
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    "http://purl.oclc.org/ooxml/spreadsheetml/main",
)
RELATIONS = (
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "http://purl.oclc.org/ooxml/officeDocument/relationships",
)
_PACKAGE_RELATION = "http://schemas.openxmlformats.org/package/2006/relationships Relationship"
_GROWN_BY = 32 * 1024
_NO_MEMORY = expat.errors.codes[expat.errors.XML_ERROR_NO_MEMORY]
_TRUE = frozenset({"1", "true", "on"})


def is_true(attributes: Attributes, name: str) -> bool:
    return attributes.get(name, "") in _TRUE


def broken() -> NoReturn:
    """Stop here: parts contradict each other or say what cannot be.

    Raises:
        UnreadableWorkbook: always.
    """
    refuse(FindingCode.UNREADABLE_FILE)


def whole(text: str) -> int:
    """A number that counts rows, styles or texts.

    Raises:
        UnreadableWorkbook: if it is none.
    """
    if not text.isdigit() or len(text) > 9:
        broken()
    return int(text)


@dataclass(frozen=True)
class Relation:
    """``kind`` is the last word of the relationship's type: worksheet, styles …"""

    kind: str
    target: str


class Package:
    """An open zip whose directory has passed ``loaders.package_guard``."""

    def __init__(self, archive: ZipFile, limits: Limits) -> None:
        self._archive = archive
        self._names = set(archive.namelist())
        self._limits = limits

    def __contains__(self, name: str) -> bool:
        return name in self._names

    def parse(
        self,
        name: str,
        starts: Mapping[str, Start],
        ends: Mapping[str, End] | None = None,
        text: Callable[[str], object] | None = None,
    ) -> None:
        """Run through one part; ``starts`` and ``ends`` go by the names of spreadsheetml.

        Raises:
            UnreadableWorkbook: if there is no such part or it is no XML.
        """
        parser = _parser(_in_namespaces(starts), _in_namespaces(ends or {}), self._limits)
        if text is not None:
            parser.CharacterDataHandler = text
        self.feed(name, parser)

    def feed(self, name: str, parser: expat.XMLParserType) -> None:
        """Give a part to a parser piece by piece.

        Raises:
            UnreadableWorkbook: if there is no such part or it is no XML.
        """
        if name not in self._names:
            broken()
        parser.StartDoctypeDeclHandler = _declared
        try:
            with self._archive.open(name) as part:
                while chunk := part.read(_CHUNK):
                    parser.Parse(chunk, False)
                parser.Parse(b"", True)
        except expat.ExpatError as error:
            if error.code == _NO_MEMORY:
                raise MemoryError from error
            broken()

    def grow(self, name: str, drained: Mapping[str, Take], take: Callable[[Element], None]) -> None:
        """Build a part's tree and take it apart while it grows.

        Args:
            drained: who takes the finished children of an element of that name, at once.
            take: gets every other element below the root, finished.

        Raises:
            UnreadableWorkbook: if there is no such part, or it is no XML.
        """
        if name not in self._names:
            broken()
        # a document type cannot come any more: loaders.package_guard has seen the root begin
        builder = TreeBuilder()
        parser = XMLParser(target=builder)
        try:
            with self._archive.open(name) as part:
                while chunk := part.read(_GROWN_BY):
                    parser.feed(chunk)
                    if (root := builder.close()) is not None:  # as far as it has grown
                        self._harvest(root, drained, take, finished=False)
            self._harvest(parser.close(), drained, take, finished=True)
        except ParseError as error:
            if error.code == _NO_MEMORY:
                raise MemoryError from error
            broken()

    def _harvest(
        self,
        root: Element,
        drained: Mapping[str, Take],
        take: Callable[[Element], None],
        *,
        finished: bool,
    ) -> None:
        """Take what is finished below ``root``: everything but the last of each branch."""
        while len(root) > (0 if finished else 1):
            element = root[0]
            if element.tag in drained:
                drained[element.tag](element)
            else:
                take(element)
            del root[0]
        for growing in root:
            ripe = len(growing) - 1
            if growing.tag in drained and ripe > 0:
                drained[growing.tag](growing[:ripe])
                del growing[:ripe]
            self._guard_branch(growing)

    def _guard_branch(self, growing: Element) -> None:
        """Nothing legitimate is nested deeply, or has so many children."""
        depth = 0
        while True:
            if len(growing) > self._limits.cells:
                too_many("elements", self._limits.cells)
            if depth > DEPTH:
                refuse(UNSAFE_CONTENT, variant="depth")
            if not len(growing):
                return
            growing, depth = growing[-1], depth + 1

    def root_namespace(self, name: str) -> str:
        """The namespace of a part's first element; "" if there is none."""
        found: list[str] = []

        def begun(element: str, _: object) -> None:
            found.append(element.rpartition(" ")[0])
            parser.StartElementHandler = None

        if name not in self._names:
            broken()
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.StartElementHandler = begun
        try:
            with self._archive.open(name) as part:
                parser.Parse(part.read(_GROWN_BY), False)
        except expat.ExpatError:
            broken()
        return found[0] if found else ""

    def relations(self, of: str) -> dict[str, Relation]:
        """What ``of`` refers to, by id; targets are names of parts, or what they are outside."""
        folder, _, file = of.rpartition("/")
        name = f"{folder}/_rels/{file}.rels"
        found: dict[str, Relation] = {}

        def relation(attributes: Attributes) -> None:
            target = attributes.get("Target", "")
            if attributes.get("TargetMode") != "External":
                target = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
            kind = attributes.get("Type", "").rpartition("/")[2]
            found[attributes.get("Id", "")] = Relation(kind, target)

        if name in self._names:
            self.parse(name, {_PACKAGE_RELATION: relation})
        return found


def _in_namespaces(handlers: Mapping[str, T]) -> dict[str, T]:
    return {
        (name if " " in name else f"{namespace} {name}"): handler
        for name, handler in handlers.items()
        for namespace in NAMESPACES
    }


def _declared(*_: object) -> NoReturn:
    refuse(UNSAFE_CONTENT, variant="entities")


def _parser(
    starts: Mapping[str, Start], ends: Mapping[str, End], limits: Limits
) -> expat.XMLParserType:
    """A parser that calls a handler by an element's name and counts all other elements."""
    parser = expat.ParserCreate(namespace_separator=" ")
    start_of, end_of = starts.get, ends.get
    others = depth = 0

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal others, depth
        handler = start_of(name)
        if handler is not None:
            handler(attributes)
        else:
            others += 1
            if others > limits.cells:
                too_many("elements", limits.cells)
        depth += 1
        if depth > DEPTH:
            refuse(UNSAFE_CONTENT, variant="depth")

    def end(name: str) -> None:
        nonlocal depth
        depth -= 1
        handler = end_of(name)
        if handler is not None:
            handler()

    parser.buffer_text = True
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    return parser
