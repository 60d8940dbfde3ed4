"""Selectors as a browser files them: by the tag or class that their last part names.

``.sum :is(th, td)`` names none, so it is tried on every element of every page; ``.sum th, .sum td``
says the same and is tried on cells alone. People write the short form; browsers get the long one.
"""

from __future__ import annotations

import re

# A rule's selectors: what stands before its brace, unless that is an at-rule or a keyframe.
_SELECTORS = re.compile(r"(?<=[{}])([^{}@;]+)(?={)")
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
# The last part, where it begins with a choice of plain tags, or of plain classes.
_CHOICE = re.compile(r"(?<![\w\])*:-]):is\(([\w\s,-]+|(?:\s*\.[\w-]+,?)+)\)([^\s>+~]*)$")


def spread(css: str) -> str:
    """The style sheet with each choice that begins a last part written out; comments go."""
    return _SELECTORS.sub(lambda found: _spread_all(found[1]), f"}}{_COMMENT.sub('', css)}")[1:]


def _spread_all(selectors: str) -> str:
    return ",".join(one for found in _apart(selectors) for one in _spread_one(found.strip()))


def _spread_one(selector: str) -> list[str]:
    choice = _CHOICE.search(selector)
    if choice is None:
        return [selector]
    before = selector[: choice.start()]
    return [f"{before}{one.strip()}{choice[2]}" for one in choice[1].split(",")]


def _apart(selectors: str) -> list[str]:
    """At the commas that stand in no brackets."""
    parts, depth = [""], 0
    for letter in selectors:
        depth += (letter == "(") - (letter == ")")
        if letter == "," and depth == 0:
            parts.append("")
        else:
            parts[-1] += letter
    return parts
