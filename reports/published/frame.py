"""What every published page has around it: head, ways, the stamp of the snapshot.

Plain HTML with its style inside: a page that is sent on alone looks as it did. No script, no
address outside the folder; every link is relative, so that the folder works from a disk.
"""

from __future__ import annotations

import posixpath
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from kpi.judgement import Status
from kpi.targets import Direction
from reports.html import escape, glyphs, tokens
from reports.html.chip import LOOK, status_name
from reports.published.packing import FILES, INDEX, METHOD
from reports.published.snapshot import Snapshot
from reports.wording import Words
from texts import LANGUAGES, say
from texts.numbers import moment_text, period_name

_MAIN_LANGUAGE = "vi"
_STYLE = Path(__file__).parent / "style.css"


@dataclass(frozen=True)
class Site:
    """The pages of a snapshot in one language."""

    found: Snapshot
    lang: str
    mark: str  # of the figures: ``reports.published.table.mark``

    @property
    def words(self) -> Words:
        return Words(self.found.definitions, self.found.org_units, self.lang)

    def path(self, page: str, lang: str | None = None) -> str:
        """Where a page lies in the folder."""
        lang = self.lang if lang is None else lang
        return page if lang == _MAIN_LANGUAGE else f"{lang}/{page}"

    def link(self, page: str, to: str, text: str) -> str:
        """A link from one page to another of the same language."""
        return f'<a href="{self.way(page, self.path(to))}">{escape.text(text)}</a>'

    def way(self, page: str, to: str) -> str:
        """The relative address of a file of the folder, seen from a page."""
        return posixpath.relpath(to, posixpath.dirname(self.path(page)) or ".")

    def page(self, page: str, title: str, body: str) -> str:
        """The whole document."""
        lang = self.lang
        name = escape.text(f"{title} – {say('app.title', lang)}")
        return (
            f'<!doctype html>\n<html lang="{lang}">\n<head>\n<meta charset="utf-8">\n'
            '<meta name="viewport" content="width=device-width,initial-scale=1">\n'
            '<meta name="color-scheme" content="light dark">\n'
            f"<title>{name}</title>\n<style>{_style()}</style>\n</head>\n<body>\n"
            f'<a class="skip" href="#noi-dung">{escape.text(say("published.skip", lang))}</a>\n'
            f"{self._head(page)}\n"
            f'<main id="noi-dung">\n<h1>{escape.text(title)}</h1>\n{body}\n</main>\n'
            f"{self._foot(page)}\n</body>\n</html>\n"
        )

    def _head(self, page: str) -> str:
        lang = self.lang
        ways = ((INDEX, "overview"), (METHOD, "method"), (FILES, "files"))
        links = "".join(
            f"<b>{escape.text(say(f'published.way.{key}', lang))}</b>"
            if to == page
            else self.link(page, to, say(f"published.way.{key}", lang))
            for to, key in ways
        )
        other = next(one for one in LANGUAGES if one != lang)
        there = self.way(page, self.path(page, other))
        name = escape.text(say(f"published.language.{other}", lang))
        links += f'<a class="other" lang="{other}" hreflang="{other}" href="{there}">{name}</a>'
        label = escape.text(say("published.ways", lang))
        mark = ""
        if self.found.stamp.illustrative:
            mark = f'<p class="made-up">{escape.text(say("published.illustrative", lang))}</p>'
        place = escape.text(say("app.place", lang))
        return (
            f'<header><p class="place">{place}</p>'
            f'<nav aria-label="{label}">{links}</nav>{mark}</header>'
        )

    def _foot(self, page: str) -> str:
        stamp, lang = self.found.stamp, self.lang
        said = say(
            "published.stamp", lang,
            period=period_name(stamp.period, lang, "to_date"),
            moment=moment_text(stamp.known_at, lang), version=stamp.data_version, mark=self.mark,
        )  # fmt: skip
        how = escape.text(say("published.frozen", lang))
        return f"<footer><p>{escape.text(said)}</p><p>{how}</p></footer>"

    # --- pieces -------------------------------------------------------------------------

    def chip(self, status: Status, direction: Direction | None = None, name: str = "") -> str:
        """A status as shape and word."""
        said = escape.text(name or status_name(status, self.lang, direction))
        if status not in LOOK:
            return f'<span class="chip">{said}</span>'
        shape, token = LOOK[status]
        return f'<span class="chip s-{token}">{glyphs.drawn(shape)}{said}</span>'


@cache
def _style() -> str:
    rules = _STYLE.read_text(encoding="utf-8")
    return tokens.variables(used_in=rules).replace(",.stApp", "") + rules
