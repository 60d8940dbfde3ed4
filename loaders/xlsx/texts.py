"""The texts that cells share, rich ones joined, phonetic hints left out."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from loaders.limits import TEXT_LENGTH, Limits
from loaders.package_guard import UNSAFE_CONTENT, refuse, too_many
from loaders.xlsx.parts import Attributes, Package
from loaders.xlsx.styles import old_font

_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


def unescaped(text: str) -> str:
    """Excel writes what XML cannot hold as _x000D_; control characters stay written so."""
    return _ESCAPED.sub(_character, text) if "_x" in text else text


def of_sane_length(text: str) -> str:
    """The text itself.

    Raises:
        UnreadableWorkbook: if no cell of Excel can hold it.
    """
    if len(text) > 8 * TEXT_LENGTH:  # written as _x000D_, a character takes seven
        refuse(UNSAFE_CONTENT, variant="length")
    return text


def _character(match: re.Match[str]) -> str:
    code = int(match[1], 16)
    kept = code in (9, 10, 13) or (code >= 32 and not 0xD800 <= code <= 0xDFFF)
    return chr(code) if kept and code < 0xFFFE else match[0]


@dataclass
class SharedTexts:
    """Texts by number, and the font of those that have an old one of their own."""

    texts: list[str] = field(default_factory=list)
    fonts: dict[int, str] = field(default_factory=dict)


def read_texts(package: Package, part: str, limits: Limits) -> SharedTexts:
    """
    Raises:
        UnreadableWorkbook: if the part is broken or holds more texts than allowed.
    """
    reading = _Reading(limits.texts)
    package.parse(
        part,
        {"si": reading.begin, "t": reading.begin_run, "rPh": reading.phonetic,
         "rFont": reading.font},
        {"t": reading.end_run, "rPh": reading.end_phonetic, "si": reading.end},
        reading.run.append,
    )  # fmt: skip
    return reading.found


class _Reading:
    """One text after another, run by run, as the parser comes to them."""

    def __init__(self, most: int) -> None:
        self.found = SharedTexts()
        self.run: list[str] = []
        self._most = most
        self._pieces: list[str] = []
        self._phonetic = False

    def begin(self, _: Attributes) -> None:
        self._pieces.clear()

    def begin_run(self, _: Attributes) -> None:
        self.run.clear()

    def phonetic(self, _: Attributes) -> None:
        self._phonetic = True

    def end_phonetic(self) -> None:
        self._phonetic = False

    def font(self, attributes: Attributes) -> None:
        if name := old_font(attributes.get("val", "")):
            self.found.fonts.setdefault(len(self.found.texts), name)

    def end_run(self) -> None:
        if not self._phonetic:
            self._pieces.extend(self.run)

    def end(self) -> None:
        texts = self.found.texts
        if len(texts) >= self._most:
            too_many("texts", self._most)
        texts.append(unescaped(of_sane_length("".join(self._pieces))))
