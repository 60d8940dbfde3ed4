"""Words in cells, made comparable: numbering, footnote marks and units taken off.

"2. Số người chết (người) (*)" names an indicator, its place in a list, a unit of measure
and a footnote. The parts are told apart here; what they mean is decided elsewhere.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from kpi.text import fold

_DASHES = re.compile(r"\s*[-‐‑–—]\s*")
_PUNCTUATION = re.compile(r"\s+([,;:.)])")
_MARKER = re.compile(
    r"^\s*(?P<mark>[IVX]+|[A-Z]|\d+(?:\.\d+)*|[a-zđ])\s*[.)/:]\s*(?=\D)"
    r"|^\s*(?P<bullet>[-–—+•*])\s*(?=\S)"
)
_PART_OF = re.compile(r"^\s*(?:trong đó|trong do|t\.?đó|chia ra|gồm)\s*:?\s*", re.IGNORECASE)
_FOOTNOTE = re.compile(r"\s*(?:\((?:\*+|\d{1,2})\)|[*¹²³]+)\s*$")
_BRACKET = re.compile(r"\s*[(\[]([^()\[\]]*)[)\]]\s*$")
_ROMAN = re.compile(r"[IVX]+")


@dataclass(frozen=True)
class Label:
    """A cell's words in parts. ``level`` says how deep its number stands in the list:
    A above I above 1 above 1.1 above a above "-"; None without a number."""

    text: str
    level: int | None = None
    part_of: bool = False  # "Trong đó": a part of what stands above
    bracket: str = ""  # what stood last in brackets; still in ``text``

    @property
    def key(self) -> str:
        return label_key(self.text)

    @property
    def without_bracket(self) -> str:
        return _BRACKET.sub("", self.text).strip()


def label_key(text: str) -> str:
    """The words as a key: ``fold``, dashes and spaces before punctuation made alike.

    >>> label_key("Công nghiệp - xây dựng") == label_key("CÔNG NGHIỆP – XÂY DỰNG :")
    True
    """
    return _PUNCTUATION.sub(r"\1", _DASHES.sub("-", fold(text))).strip(" :;.")


def label_of(text: str, number: str = "") -> Label:
    """Take the words of a cell apart; ``number`` is what stands in its row's STT."""
    level = _level(number.strip().strip(".)("))
    words = text.strip()
    if match := _MARKER.match(words):
        found = 6 if match["bullet"] else _level(match["mark"])
        level, words = (found if level is None else level), words[match.end() :]
    part_of = False
    if match := _PART_OF.match(words):
        part_of, words = True, words[match.end() :]
    words = _FOOTNOTE.sub("", words).strip(" :")
    bracket = _BRACKET.search(words)
    return Label(words, level, part_of, bracket[1].strip() if bracket else "")


def _level(mark: str) -> int | None:
    if not mark:
        return None
    if _ROMAN.fullmatch(mark):
        return 1
    if len(mark) == 1 and mark.isalpha():
        return 0 if mark.isupper() else 5
    if re.fullmatch(r"\d+(?:\.0)?", mark):
        return 2
    if re.fullmatch(r"\d+(?:\.\d+)+", mark):
        return 3
    return 6 if mark in "-–+•*" else None
