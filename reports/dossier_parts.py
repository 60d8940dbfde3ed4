"""Whose dossier it is, and its tables of what was explained: to findings, and when asked.

Texts of people and files of evidence, with their digests, stand in the whole dossier only; the
public extract says that an explanation was asked for, of what, and what became of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from kpi.inquiries import Inquiry
from kpi.placing import Placed
from kpi.plan_years import PlanYears
from reports.export import Cell, Table
from reports.standing import Standing
from reports.wording import Words
from store import inquiries, submissions
from store.engine import Session
from texts import say
from texts.findings import message
from texts.numbers import date_text, local, moment_text, period_name


@dataclass(frozen=True)
class Asked:
    """Whose dossier, from which knowledge, for whom."""

    found: Standing
    placed: Placed
    years: PlanYears
    words: Words
    as_of: datetime | None
    today: date
    fixed_at: datetime
    public: bool = False

    @property
    def unit(self) -> str:
        return self.placed.org_unit

    @property
    def known(self) -> datetime | None:
        """Of a closed year nothing that came later."""
        return self.found.closed.known_at if self.found.closed else self.as_of


def table(asked: Asked, name: str, columns: Sequence[str], rows: Sequence[Sequence[Cell]]) -> Table:
    lang = asked.words.lang
    return Table(
        title=say(f"dossier.tables.{name}", lang),
        head=[],
        columns=[say(f"dossier.columns.{column}", lang) for column in columns],
        rows=rows,
        sheet=say(f"dossier.sheets.{name}", lang),
        decimals=None,
    )


def explanation_tables(session: Session, asked: Asked) -> Iterator[Table]:
    """What the unit said to what was found in its reports, and to what it was asked."""
    if not asked.public:
        columns = ("period", "revision", "cell", "finding", "explanation", "by")
        yield table(asked, "explanations", columns, list(_explained(session, asked)))
    texts = () if asked.public else ("question", "answer")
    names = ("number", "indicator", "period", "due_answer", "state", "days_answer", *texts)
    codes = _quarters(asked)
    found = [
        one
        for one in reversed(inquiries.every(session, asked.known))
        if one.question.org_unit == asked.unit and one.question.period.code in codes
    ]
    yield table(asked, "inquiries", names, [_inquiry(one, asked) for one in found])
    if not asked.public:
        heads = ("number", "file", "digest", "kept_by", "kept_at")
        yield table(asked, "files", heads, list(_files(found, asked.words.lang)))


def _quarters(asked: Asked) -> dict[str, str]:
    """The quarters of the year so far, by code, in words."""
    period, lang = asked.found.period, asked.words.lang
    quarters = (period.at_quarter(number) for number in range(1, (period.quarter or 4) + 1))
    return {one.code: period_name(one, lang) for one in quarters}


def _explained(session: Session, asked: Asked) -> Iterator[tuple[Cell, ...]]:
    lang, quarters = asked.words.lang, _quarters(asked)
    for one in reversed(submissions.listed(session, reporter=asked.unit)):
        if one.period not in quarters or (asked.known and one.submitted_at > asked.known):
            continue
        when = f"{one.submitted_by}, {moment_text(one.submitted_at, lang)}"
        for finding in one.findings:
            if finding.explanation:
                at = str(finding.at) if finding.at else ""
                said = message(finding, lang)
                yield (
                    quarters[one.period], one.revision, at, said, finding.explanation, when
                )  # fmt: skip


def _files(found: Sequence[Inquiry], lang: str) -> Iterator[tuple[Cell, ...]]:
    """What came with the answers, by the number of the question."""
    for one in found:
        for file in (file for taken in one.answers for file in taken.files):
            when = moment_text(local(file.kept_at), lang)
            yield one.id, file.download_name, file.digest, file.kept_by, when


def _inquiry(one: Inquiry, asked: Asked) -> tuple[Cell, ...]:
    words, lang, about = asked.words, asked.words.lang, one.question
    answer = one.answers[-1].said if one.answers else ""
    texts = () if asked.public else (about.text, answer)
    return (
        one.id,
        words.definitions.indicators[about.indicator].name.get(lang),
        period_name(about.period, lang),
        date_text(about.due, lang),
        say(f"inquiries.state.{one.state.value}", lang),
        one.days_late(asked.today),
        *texts,
    )
