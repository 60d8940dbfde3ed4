"""The chapter of the handbook that lists every finding: what it means and what to do.

Made from the very sentences that the screen shows, so that it cannot fall behind them;
where a sentence names a cell or a figure, the chapter shows an example. The rest of the
handbook is written by hand (``docs/so-tay``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kpi.finding_codes import FILE_CODES, FindingCode
from texts import catalogue, say

_FINDING = "finding."
_FACT = re.compile(r"\{([a-z_]+)\}")
_SENTENCES = re.compile(r"(?<=[.)])\s+(?=[A-ZĐÀ-Ỹ(])|(?<=;)\s+(?=hãy|please)")
_CURES = {
    "vi": (
        "Hãy", "hãy", "Giữ", "Ghi", "Sửa", "Xác nhận", "Nhập", "Kiểm tra", "Đổi",
        "Xem lại", "Dùng", "Nếu", "Giải thích", "Bỏ",
    ),
    "en": ("Please", "please", "If", "Check", "Enter", "Confirm"),
}  # fmt: skip
_ORDER = [str(code) for code in FindingCode]
# Where each kind begins in the order of the codes; those of a kind stand together.
_BEGINS = (
    ("row", FindingCode.UNKNOWN_INDICATOR),
    ("number", FindingCode.NOT_A_NUMBER),
    ("reading", FindingCode.TEXT_NUMBER),
    ("number", FindingCode.OUTSIDE_LIMITS),
    ("doubt", FindingCode.FALLS_WITHIN_YEAR),
)
_KINDS = ("file", "row", "number", "reading", "doubt", "table", "plan", "score")
_OTHERS = {"other_format": "file", "unsafe_content": "file"}  # the reader's own


def finding_chapter(lang: str) -> str:
    """Markdown: a table for each kind of finding."""
    parts = [f"# {say('handbook.title', lang)}", say("handbook.intro", lang)]
    head = " | ".join(say(f"handbook.{one}", lang) for one in ("code", "cause", "cure"))
    entries = list(_entries(lang))
    for kind in _KINDS:
        rows = [row for of, row in entries if of == kind]
        if rows:
            parts.append(f"## {say(f'handbook.kind.{kind}', lang)}")
            parts.append("\n".join((f"| {head} |", "|---|---|---|", *rows)))
    return "\n\n".join(parts) + "\n"


def cause_and_cure(sentence: str, lang: str) -> tuple[str, str]:
    """Where a text stops telling and begins to help; the cure is "" if it never does."""
    pieces = _SENTENCES.split(sentence)
    for number, piece in enumerate(pieces):
        if number and piece.startswith(_CURES[lang]):
            cause, cure = " ".join(pieces[:number]), " ".join(pieces[number:])
            return cause.rstrip(";").rstrip(".") + ".", cure[0].upper() + cure[1:]
    if len(pieces) == 1:
        return sentence, ""
    return pieces[0], " ".join(pieces[1:])  # told in one sentence, helped in the next


def _entries(lang: str) -> Iterator[tuple[str, str]]:
    for key, sentence in sorted(catalogue(lang).items()):
        if not key.startswith(_FINDING):
            continue
        code = key.removeprefix(_FINDING)
        cause, cure = cause_and_cure(_with_examples(sentence, lang), lang)
        cells = (one.replace("|", "\\|") for one in (f"`{code}`", cause, cure))
        yield kind_of(code), f"| {' | '.join(cells)} |"


def kind_of(code: str) -> str:
    """What a finding is about; ``code`` may carry the ending of a variant."""
    if code.startswith("plan_"):
        return "plan"
    if code.startswith("layout_"):
        return "table"
    if code.startswith("score_"):
        return "score"
    named = max((one for one in _ORDER if code.startswith(one)), key=len, default="")
    if not named:
        return _OTHERS.get(code, "row")
    if named in FILE_CODES:
        return "file"
    place = _ORDER.index(named)
    return [kind for kind, first in _BEGINS if _ORDER.index(first) <= place][-1]


def _with_examples(sentence: str, lang: str) -> str:
    return _FACT.sub(lambda fact: say(f"handbook.example.{fact[1]}", lang), sentence)
