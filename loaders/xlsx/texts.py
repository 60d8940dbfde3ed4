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
    found = SharedTexts()
    pieces: list[str] = []
    run: list[str] = []
    state = {"phonetic": False}

    def begin(_: Attributes) -> None:
        pieces.clear()

    def begin_run(_: Attributes) -> None:
        run.clear()

    def phonetic(_: Attributes) -> None:
        state["phonetic"] = True

    def end_phonetic() -> None:
        state["phonetic"] = False

    def font(attributes: Attributes) -> None:
        if name := old_font(attributes.get("val", "")):
            found.fonts.setdefault(len(found.texts), name)

    def end_run() -> None:
        if not state["phonetic"]:
            pieces.extend(run)

    def end() -> None:
        if len(found.texts) >= limits.texts:
            too_many("texts", limits.texts)
        found.texts.append(unescaped(of_sane_length("".join(pieces))))

    package.parse(
        part,
        {"si": begin, "t": begin_run, "rPh": phonetic, "rFont": font},
        {"t": end_run, "rPh": end_phonetic, "si": end},
        run.append,
    )
    return found
