"""The sentence for an error that this project raises on purpose."""

from __future__ import annotations

from kpi.findings import DefinitionsError, KpiError, NotAllowed, NotExplained, SubmissionRejected
from kpi.findings import UnreadableWorkbook as Unreadable
from texts import say
from texts.findings import message


def error_sentence(error: KpiError, lang: str) -> str:
    """What happened and what to do; several lines where there are several mistakes.

    Raises:
        KeyError: if the error has a code without a text.
    """
    if isinstance(error, NotAllowed):
        return say(f"refused.{error.reason}", lang, **error.facts)
    if isinstance(error, DefinitionsError):
        return say("error.definitions", lang, mistakes="\n".join(error.mistakes))
    if isinstance(error, SubmissionRejected | Unreadable):
        return "\n".join(message(finding, lang) for finding in error.findings)
    if isinstance(error, NotExplained):
        said = "\n".join(message(finding, lang) for finding in error.findings)
        return say("error.not_explained", lang, count=len(error.findings), warnings=said)
    return say(f"error.{getattr(error, 'code', 'unknown')}", lang, detail=str(error))
