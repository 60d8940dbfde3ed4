"""The emulation score in words: the ground of every point, how firm a rank is, the tables.

Screen, command and documents say it alike. Nothing is computed here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from kpi.honours import tallied
from kpi.judgement import Status
from kpi.placing import Placed
from kpi.rounding import half_away
from kpi.score_sheets import BONUS, Voice, criterion_of
from kpi.scoring import Ground, Line, Unranked
from reports.export import Cell, Table
from reports.standing import ClusterStanding, Standing
from reports.wording import Words
from texts import say
from texts.numbers import MISSING, as_stated, number, percent, period_name


def points(value: Decimal | None, standing: Standing, lang: str) -> str:
    """With the decimals of the rules, a dash where an item does not count."""
    return number(value, standing.rules.decimals, lang)


def unit_name(one: Placed, words: Words) -> str:
    return words.org_units.units[one.org_unit].short.get(words.lang)


def span(one: Placed, words: Words) -> str:
    """``2–4``, or ``2`` where nothing moves it."""
    if one.best is None or one.worst is None:
        return MISSING
    if one.best == one.worst:
        return str(one.best)
    return say("standing.span", words.lang, best=one.best, worst=one.worst)


def note(one: Placed, standing: Standing, words: Words) -> str:
    """Why it has no rank, or from whom it does not clearly differ."""
    if one.score.unranked is not None:
        return _unranked(one, standing, words)
    if not one.unclear:
        return say("standing.clear", words.lang)
    units = [words.org_units.units[code].short.get(words.lang) for code in one.unclear]
    return say("standing.unclear", words.lang, units=", ".join(units))


def _unranked(one: Placed, standing: Standing, words: Words) -> str:
    score, lang = one.score, words.lang
    if score.unranked is Unranked.DATA or score.knocked_by is None:
        share = percent(score.data_share, 1, lang)
        least = percent(standing.rules.min_data, 0, lang)
        return say("standing.unranked.data", lang, share=share, least=least)
    indicator = words.definitions.indicators[score.knocked_by.indicator].short.get(lang)
    least = percent(score.knocked_by.attainment_below, 0, lang)
    return say("standing.unranked.knocked_out", lang, indicator=indicator, least=least)


def revision(one: Placed, standing: Standing, words: Words) -> str:
    if one.revision is None:
        least = standing.rules.revisions_least
        return say("standing.no_revision", words.lang, least=least)
    return say("standing.revision", words.lang, share=percent(100 * one.revision, 1, words.lang))


def heading(line: Line, standing: Standing, words: Words) -> str:
    """What a line is about: the indicator, or the report."""
    if line.item is not None:
        return criterion_name(line.item.id, standing, words)
    return ground(line, standing, words)


def criterion_name(id_: str, standing: Standing, words: Words) -> str:
    """The indicator's name, the tally's, the reporting group's, or that of the bonus."""
    item = standing.rules.items.get(id_)
    if item is not None and item.tally is not None:
        return say(f"standing.tally.{item.tally.value}", words.lang)
    if item is not None:
        return words.definitions.indicators[id_].name.get(words.lang)
    if id_ in standing.rules.groups:
        return standing.rules.groups[id_].name.get(words.lang)
    return say("standing.detail.bonus", words.lang)


def given(line: Line, one: Placed, standing: Standing, words: Words) -> list[str]:
    """What the unit gave itself for a line's criterion, and what was verified, each with why.

    A criterion of several lines is spoken of at its first one.
    """
    id_ = criterion_of(line, standing.rules)
    lines = one.score.lines
    if not id_ or next(o for o in lines if criterion_of(o, standing.rules) == id_) is not line:
        return []
    return said_of(id_, one.org_unit, standing, words)


def said_of(id_: str, org_unit: str, standing: Standing, words: Words) -> list[str]:
    sheet, lang, said = standing.sheet(org_unit), words.lang, []
    for voice in Voice:
        found = sheet.of(voice).get(id_)
        if found is not None:
            key = f"standing.given.{voice.value}" + ("_why" if found.note else "")
            value = points(found.points, standing, lang)
            facts = {"note": found.note} if found.note else {}
            said.append(say(key, lang, points=value, **facts))
    return said


def loose_bonus(one: Placed, standing: Standing, words: Words) -> list[str]:
    """What was given for a bonus that no line speaks of, since none was computed."""
    if any(criterion_of(line, standing.rules) == BONUS for line in one.score.lines):
        return []
    return said_of(BONUS, one.org_unit, standing, words)


def totals(one: Placed, standing: Standing, words: Words) -> str:
    """How much was given in all, of how many criteria; empty where nothing was."""
    sheet, lang, said = standing.sheet(one.org_unit), words.lang, []
    for voice in Voice:
        found = sheet.of(voice)
        if found:
            value = points(sheet.total(voice), standing, lang)
            said.append(
                say(f"standing.given.total_{voice.value}", lang, total=value, count=len(found))
            )
    return " · ".join(said)


def ground(line: Line, standing: Standing, words: Words) -> str:
    """How the points came about, in one sentence."""
    return say(f"standing.ground.{line.ground.value}", words.lang, **_facts(line, standing, words))


def _facts(line: Line, standing: Standing, words: Words) -> dict[str, str]:
    lang, judged, report = words.lang, line.judged, line.report
    facts = {name: as_stated(value, lang) for name, value in line.facts.items()}
    facts.setdefault("most", points(line.most, standing, lang))
    facts["level"] = percent(None if line.level is None else half_away(line.level, 1), 1, lang)
    facts["total"] = as_stated(standing.rules.total, lang)
    facts["why"] = facts["steps"] = facts["full"] = ""
    if line.ground is Ground.NOT_COUNTED:
        facts["why"] = _why(line, lang)
    if judged is not None:
        unit = words.unit(judged, judged.value)
        facts["value"] = f"{words.value(judged)}{'' if unit.startswith('%') else ' '}{unit}"
        facts["status"], facts["name"] = words.status(judged), words.name(judged)
    if line.item is not None and line.item.tally is not None:
        facts["value"] = tally_text(line, lang)
    if line.item is not None:
        facts["full"] = as_stated(line.item.full_at, lang)
        facts["steps"] = "; ".join(
            say("standing.step", lang, points=as_stated(s.points, lang),
                **{"from": percent(s.at_least, 0, lang)})
            for s in line.item.steps
        )  # fmt: skip
    if report is not None:
        facts["period"] = period_name(report.asked.period, lang)
    return facts


def tally_text(line: Line, lang: str) -> str:
    """What was counted in the registers: ``3`` or ``66,7%``."""
    tally = line.item.tally if line.item is not None else None
    figure = None if tally is None else tallied(tally, line.entries)
    if tally is not None and tally.is_share:
        return percent(None if figure is None else half_away(figure, 1), 1, lang)
    return as_stated(figure, lang)


def _why(line: Line, lang: str) -> str:
    judged = line.judged
    if line.item is not None and line.item.tally is not None:
        return say("standing.why.no_awards", lang)
    if judged is None or judged.status is Status.FOLLOWED:
        return say("standing.why.no_target", lang)
    key = "not_due" if judged.status is Status.NOT_DUE else "not_assessable"
    return say(f"standing.why.{key}", lang)


# --- to take away ------------------------------------------------------------------------


def export_tables(standing: Standing, shown: ClusterStanding, words: Words) -> list[Table]:
    """The table of the cluster, and under it every point of every unit with its ground."""
    lang, rules = words.lang, standing.rules
    head = [
        (say("standing.export.cluster", lang), shown.cluster.name.get(lang)),
        (say("standing.export.period", lang), period_name(standing.period, lang, "to_date")),
        (say("standing.export.rules", lang), f"{rules.version} · {rules.document.get(lang)}"),
    ]
    groups = list(rules.groups.values())
    columns = [
        say("standing.head.rank", lang),
        say("standing.head.unit", lang),
        *(group.short.get(lang) for group in groups),
        say("standing.head.bonus", lang),
        say("standing.head.total", lang),
        *(say(f"standing.export.{name}", lang) for name in ("best", "worst", "note")),
    ]
    table = Table(
        title=say("standing.export.title", lang),
        head=head,
        columns=columns,
        rows=[_row(one, standing, words) for one in shown.placed],
        sheet=say("standing.export.sheet", lang),
        decimals=None,
    )
    return [table, _lines_table(standing, shown.placed, head, words)]


def _row(one: Placed, standing: Standing, words: Words) -> tuple[Cell, ...]:
    score = one.score
    return (
        one.rank,
        unit_name(one, words),
        *(score.of_group(group) for group in standing.rules.groups),
        score.of_group(""),
        score.total,
        one.best,
        one.worst,
        note(one, standing, words),
    )


def _lines_table(
    standing: Standing, placed: Sequence[Placed], head: Sequence[tuple[str, str]], words: Words
) -> Table:
    lang = words.lang
    columns = [
        say("standing.head.unit", lang),
        *(say(f"standing.detail.{name}", lang) for name in ("group", "ground", "points")),
        say("standing.export.most", lang),
        say("standing.export.cells", lang),
        say("standing.export.given", lang),
    ]
    return Table(
        title=say("standing.export.lines", lang),
        head=head,
        columns=columns,
        rows=[row for one in placed for row in _unit_rows(one, standing, words)],
        sheet=say("standing.export.sheet_lines", lang),
        decimals=None,
    )


def _unit_rows(one: Placed, standing: Standing, words: Words) -> Iterator[tuple[Cell, ...]]:
    """A unit's points group by group, each with its sum, and the total at last."""
    name, lang = unit_name(one, words), words.lang
    for group in (*standing.rules.groups, ""):
        lines = [line for line in one.score.lines if line.group == group]
        if not lines:
            continue
        yield from (_line_row(one, line, standing, words) for line in lines)
        most = standing.rules.groups[group].most if group else None
        said = say("standing.export.subtotal", lang)
        yield (
            name, group_name(lines[0], standing, words), said, one.score.of_group(group), most,
            "", "",
        )  # fmt: skip
    total = say("standing.export.total", lang)
    yield name, "", total, one.score.total, standing.rules.total, "", ""


def _line_row(one: Placed, line: Line, standing: Standing, words: Words) -> tuple[Cell, ...]:
    said = heading(line, standing, words)
    if line.item is not None:
        said = f"{said}: {ground(line, standing, words)}"
    return (
        unit_name(one, words),
        group_name(line, standing, words),
        said,
        line.points,
        line.most,
        evidence(line),
        "; ".join(given(line, one, standing, words)),
    )


def evidence(line: Line) -> str:
    """The cells a figure comes from, or the decisions that a register counts."""
    known = line.judged.known if line.judged is not None else None
    cells = [f"{one.file_name} {one.at}" for one in known.sources] if known is not None else []
    return "; ".join([*cells, *dict.fromkeys(one.honour.decision for one in line.entries)])


def group_name(line: Line, standing: Standing, words: Words) -> str:
    if not line.group:
        return say("standing.detail.bonus", words.lang)
    return standing.rules.groups[line.group].short.get(words.lang)
