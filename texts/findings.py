"""The sentence for a finding: which cell, what was found, what to do.

A finding's code names the sentence and its facts fill it in. Facts follow three
conventions, so that nothing here needs to know an indicator: ``name_vi`` and
``name_en`` are one fact in two languages, ``variant`` picks another wording
(``finding.<code>_<variant>``), and the facts listed below are numbers or period codes.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from kpi.findings import Finding
from kpi.periods import Period
from texts import LANGUAGES, say
from texts.numbers import as_stated, date_text, period_name

_NUMBERS = frozenset(
    {
        "before", "change", "computed", "difference", "earlier", "greatest", "high", "kept",
        "least", "low", "other", "read", "stored", "sum", "usual", "value",
    }
)  # fmt: skip
_PERIODS = frozenset({"period", "meant_period", "named_periods"})
_DAYS = frozenset({"day"})
_NO_ADDRESS = {"vi": "(không rõ)", "en": "(unknown)"}


def message(finding: Finding, lang: str) -> str:
    """One sentence for the reader of ``lang``.

    Raises:
        KeyError: if the code has no text, or the text needs a fact that is not given.
    """
    facts = _in_language(finding.facts, lang)
    variant = facts.pop("variant", "")
    key = f"finding.{finding.code}_{variant}" if variant else f"finding.{finding.code}"
    facts["at"] = str(finding.at) if finding.at else _NO_ADDRESS[lang]
    facts["found"] = finding.found
    facts["expected"] = finding.expected
    return say(key, lang, **facts)


def _in_language(facts: Mapping[str, str], lang: str) -> dict[str, str]:
    chosen: dict[str, str] = {}
    for name, fact in facts.items():
        stem, _, suffix = name.rpartition("_")
        if suffix in LANGUAGES:
            if suffix == lang:
                chosen[stem] = fact
        else:
            chosen[name] = _worded(name, fact, lang)
    return chosen


def _worded(name: str, fact: str, lang: str) -> str:
    if name in _NUMBERS:
        return as_stated(Decimal(fact), lang)
    if name in _DAYS:
        return date_text(date.fromisoformat(fact), lang)
    if name in _PERIODS:
        return ", ".join(period_name(Period.parse(code), lang) for code in fact.split(", "))
    return fact
