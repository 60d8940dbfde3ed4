"""The sentence for an error that this project raises on purpose."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from kpi.findings import DefinitionsError, KpiError, NotAllowed, NotExplained, SubmissionRejected
from kpi.findings import UnreadableWorkbook as Unreadable
from kpi.periods import Period
from texts import say
from texts.findings import message
from texts.numbers import as_stated, date_text, period_name


def error_sentence(error: KpiError, lang: str) -> str:
    """What happened and what to do; several lines where there are several mistakes.

    Raises:
        KeyError: if the error has a code without a text.
    """
    if isinstance(error, NotAllowed):
        return say(f"refused.{error.reason}", lang, **_worded(error.facts, lang))
    if isinstance(error, DefinitionsError):
        return say(
            "error.definitions", lang, mistakes="\n".join(one.get(lang) for one in error.said)
        )
    if isinstance(error, SubmissionRejected | Unreadable):
        return "\n".join(message(finding, lang) for finding in error.findings)
    if isinstance(error, NotExplained):
        said = "\n".join(message(finding, lang) for finding in error.findings)
        return say("error.not_explained", lang, count=len(error.findings), warnings=said)
    return say(f"error.{getattr(error, 'code', 'unknown')}", lang, detail=str(error))


def _worded(facts: Mapping[str, str], lang: str) -> dict[str, str]:
    """The day, the period and the most points of a refusal as its reader writes them."""
    worded = dict(facts)
    if worded.get("day"):
        worded["day"] = date_text(date.fromisoformat(worded["day"]), lang)
    if worded.get("most"):
        worded["most"] = as_stated(Decimal(worded["most"]), lang)
    if worded.get("period"):
        worded["period"] = period_name(Period.parse(worded["period"]), lang, "inside")
    return worded
