"""Every sentence a user reads, by key, in Vietnamese and English.

``texts/vi/*.yaml`` and ``texts/en/*.yaml`` hold nested mappings, one file per theme;
``say("finding.left_blank", "vi", at="E14")`` finds the sentence and fills it in. This
package knows languages, numbers and dates, and nothing about indicators.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from string import Formatter

import yaml
from babel import Locale

try:  # the parser written in C is ten times faster, but PyYAML can be built without it
    from yaml import CSafeLoader as _Base
except ImportError:
    from yaml import SafeLoader as _Base  # type: ignore[assignment]

LANGUAGES = ("vi", "en")
_HERE = Path(__file__).parent


def say(key: str, lang: str, **facts: object) -> str:
    """The sentence behind ``key``, with ``facts`` put into its braces.

    ``{count} {count:report is|reports are} waiting`` takes its words by the number.

    Raises:
        KeyError: if there is no such text in that language, or a fact is missing.
    """
    text = catalogue(lang)[key]
    if not facts:
        return text
    return _by_number(lang).vformat(text, (), facts) if "|" in text else text.format(**facts)


def has(key: str, lang: str) -> bool:
    """Is there such a text?"""
    return key in catalogue(lang)


@cache
def catalogue(lang: str) -> Mapping[str, str]:
    """All texts of one language by dotted key.

    Raises:
        ValueError: for an unknown language, or a key given twice.
    """
    if lang not in LANGUAGES:
        raise ValueError(f"{lang!r} is not one of {LANGUAGES}")
    texts: dict[str, str] = {}
    for path in sorted((_HERE / lang).glob("*.yaml")):
        document = yaml.load(path.read_text(encoding="utf-8"), Loader=_Loader)
        for key, text in _flatten(document or {}, ""):
            if key in texts:
                raise ValueError(f"{path.name}: {key} is given twice")
            texts[key] = text
    return texts


def _flatten(tree: Mapping[str, object], prefix: str) -> Iterator[tuple[str, str]]:
    for key, value in tree.items():
        if isinstance(value, Mapping):
            yield from _flatten(value, f"{prefix}{key}.")
        else:
            yield f"{prefix}{key}", str(value)


class _ByNumber(Formatter):
    """Chooses words by a number: ``{count:report is|reports are}``."""

    def __init__(self, lang: str) -> None:
        self._locale = Locale.parse(lang)

    def format_field(self, value: object, format_spec: str) -> str:
        one, between, other = format_spec.partition("|")
        if not between:
            return str(super().format_field(value, format_spec))
        # "1,5" and "1.00" are written numbers, and no whole ones: several
        number = str(value)
        single = number.isdecimal() and self._locale.plural_form(int(number)) == "one"
        return one if single else other


@cache
def _by_number(lang: str) -> _ByNumber:
    return _ByNumber(lang)


class _Loader(_Base):
    """Keys such as ``on`` and ``no`` are words here, not booleans."""


_Loader.yaml_implicit_resolvers = {
    first: [(tag, regexp) for tag, regexp in rules if tag == "tag:yaml.org,2002:null"]
    for first, rules in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
