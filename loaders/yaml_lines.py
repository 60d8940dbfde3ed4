"""YAML that remembers its lines, and the list of mistakes found in it.

A definition file is kept by hand, so every complaint names file, line, entry and field.
PyYAML's node graph has the lines; this module turns it into plain data beside a table
of place -> line, and reads scalars more narrowly than YAML 1.1 does:

* a number is ``digits`` (int) or ``digits.digits`` (Decimal, never float), with or
  without a minus;
* only ``true``/``false`` are booleans and only ``null`` or nothing is null, so that
  ``no``, ``12:30`` or ``2018-01-01`` stay the words that were written.

Repeated keys, merge keys, foreign tags and recursion are mistakes. What the data mean is
left to the loaders.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import TypeAlias

import yaml

try:  # the parser written in C is ten times faster, but PyYAML can be built without it
    from yaml import CSafeLoader as _Base
except ImportError:
    from yaml import SafeLoader as _Base  # type: ignore[assignment]

from kpi.bilingual import Text
from kpi.findings import DefinitionsError
from loaders.mistakes import said

Place: TypeAlias = tuple[str | int, ...]  # ("indicators", 3, "target", "low")

_NULL = "tag:yaml.org,2002:null"
_BOOL = "tag:yaml.org,2002:bool"
_INT = "tag:yaml.org,2002:int"
_FLOAT = "tag:yaml.org,2002:float"
_STR = "tag:yaml.org,2002:str"
_CONTAINERS = ("tag:yaml.org,2002:map", "tag:yaml.org,2002:seq")


class _NarrowLoader(_Base):
    """A safe loader that recognises only the scalars named above."""

    yaml_implicit_resolvers: dict[str, list[tuple[str, re.Pattern[str]]]] = {}  # noqa: RUF012


_NarrowLoader.add_implicit_resolver(_NULL, re.compile(r"(?:null|~|)$"), ["n", "~", ""])
_NarrowLoader.add_implicit_resolver(_BOOL, re.compile(r"(?:true|false)$"), ["t", "f"])
_NarrowLoader.add_implicit_resolver(_INT, re.compile(r"-?(?:0|[1-9]\d*)$"), list("-0123456789"))
_NarrowLoader.add_implicit_resolver(
    _FLOAT, re.compile(r"-?(?:0|[1-9]\d*)\.\d+$"), list("-0123456789")
)


@dataclass
class Document:
    """A file's data, the line of every place in it, and the mistakes found so far."""

    name: str
    data: dict[str, object] = field(default_factory=dict)
    lines: dict[Place, int] = field(default_factory=dict)
    mistakes: list[tuple[int, Place, Text]] = field(default_factory=list)

    def entries(self, list_name: str) -> list[object]:
        """The entries of a top-level list as they were written; empty if it is none."""
        raw = self.data.get(list_name)
        return raw if isinstance(raw, list) else []

    def line_of(self, place: Place) -> int:
        """The line of a place, or of the nearest enclosing one that was written."""
        for length in range(len(place), -1, -1):
            if place[:length] in self.lines:
                return self.lines[place[:length]]
        return 1

    def complain(self, place: Place, message: str | Text, *, line: int | None = None) -> None:
        """Note one mistake, said as ``file:line, list "entry", field: message``."""
        words = Text(message, message) if isinstance(message, str) else message
        self.mistakes.append((self.line_of(place) if line is None else line, place, words))

    def raise_mistakes(self) -> None:
        """Stop with every mistake, in the order of the file, if there is any."""
        if self.mistakes:
            in_order = sorted(self.mistakes, key=lambda mistake: mistake[0])
            raise DefinitionsError([self._sentence(*mistake) for mistake in in_order])

    def _sentence(self, line: int, place: Place, message: Text) -> Text:
        return _at(", ".join([f"{self.name}:{line}", *self._words(place)]), message)

    def _words(self, place: Place) -> list[str]:
        """``indicators "grdp_growth"`` and ``target.low`` out of a place."""
        if len(place) > 1 and isinstance(place[1], int):
            return [self._entry(place[0], place[1]), *_dotted(place[2:])]
        return _dotted(place)

    def _entry(self, list_name: str | int, index: int) -> str:
        entry = self.entries(str(list_name))[index]
        if isinstance(entry, dict):
            for key in ("id", "code", "indicator"):
                if key in entry:
                    return f'{list_name} "{entry[key]}"'
        return f"{list_name} number {index + 1}"


def _at(place: str, message: Text) -> Text:
    return Text(f"{place}: {message.vi}", f"{place}: {message.en}")


def _dotted(place: Sequence[str | int]) -> list[str]:
    return [".".join(str(part) for part in place)] if place else []


def read_document(path: Path) -> Document:
    """Read one YAML file whose outermost shape is a mapping.

    Mistakes of form (a repeated key, a foreign tag) are noted in the document, so that
    the caller can add its own before raising.

    Raises:
        DefinitionsError: the file cannot be read, is not YAML, or is not a mapping.
    """
    return parse_document(read_text(path), path.name)


def read_text(path: Path) -> str:
    """The letters of a file.

    Raises:
        DefinitionsError: the file cannot be read, or is not UTF-8.
    """
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise DefinitionsError([_at(path.name, said("unreadable", detail=error))]) from error


def parse_document(text: str, name: str) -> Document:
    """The same of a text that lay somewhere else; ``name`` stands in its mistakes.

    Raises:
        DefinitionsError: it is not YAML, or is not a mapping.
    """
    document = Document(name)
    try:
        root = yaml.compose(text, Loader=_NarrowLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        what = ", ".join(part for part in (error.context, error.problem) if part)
        raise DefinitionsError([_at(f"{name}:{line}", said("no_yaml", detail=what))]) from error
    except yaml.YAMLError as error:
        raise DefinitionsError([_at(name, said("no_yaml", detail=error))]) from error
    if not isinstance(root, yaml.MappingNode):
        line = root.start_mark.line + 1 if root else 1
        raise DefinitionsError([_at(f"{name}:{line}", said("no_mapping"))])
    data = _Builder(document).build(root, ())
    assert isinstance(data, dict)  # built from a MappingNode
    document.data = data
    return document


class _Builder:
    """Turns nodes into data and keeps each place's line in the document."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._open: set[int] = set()  # nodes being built: meeting one again is recursion

    def build(self, node: yaml.Node, place: Place) -> object:
        self._document.lines.setdefault(place, _line(node))
        if isinstance(node, yaml.ScalarNode):
            return self._scalar(node, place)
        if id(node) in self._open:
            self._document.complain(place, said("itself"), line=_line(node))
            return None
        if node.tag not in _CONTAINERS:
            self._document.complain(place, said("tag", tag=node.tag), line=_line(node))
        self._open.add(id(node))
        try:
            if isinstance(node, yaml.MappingNode):
                return self._mapping(node, place)
            return [self.build(child, (*place, i)) for i, child in enumerate(node.value)]
        finally:
            self._open.discard(id(node))

    def _mapping(self, node: yaml.MappingNode, place: Place) -> dict[str, object]:
        result: dict[str, object] = {}
        for key_node, value_node in node.value:
            line = _line(key_node)
            if not isinstance(key_node, yaml.ScalarNode):
                self._document.complain(place, said("key"), line=line)
                continue
            key = key_node.value
            if key in result:
                first = self._document.lines[(*place, key)]
                self._document.complain((*place, key), said("key_used", line=first), line=line)
                continue
            self._document.lines[(*place, key)] = line
            result[key] = self.build(value_node, (*place, key))
        return result

    def _scalar(self, node: yaml.ScalarNode, place: Place) -> object:
        if node.tag == _INT:
            return int(node.value)
        if node.tag == _FLOAT:
            return Decimal(node.value)
        if node.tag == _BOOL:
            return node.value == "true"
        if node.tag == _NULL:
            return None
        if node.tag != _STR:
            self._document.complain(place, said("tag", tag=node.tag), line=_line(node))
        return str(node.value)


def _line(node: yaml.Node) -> int:
    return int(node.start_mark.line) + 1
