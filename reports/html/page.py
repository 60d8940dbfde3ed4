"""What every screen wears: the stylesheet, the title row, the banner, messages.

All CSS of the product is here, joined once per process: the tokens, the shapes and the
``*.css`` files beside the blocks they belong to. The names of Streamlit's own parts
(``data-testid``) appear in ``base.css`` only; a test checks that they still exist.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from functools import cache
from pathlib import Path

from kpi.periods import Period
from reports.cells import Cell
from reports.html import escape, glyphs, selectors, tokens
from reports.html.chip import LOOK
from reports.html.frame_words import frame_words
from texts import LANGUAGES, say
from texts.numbers import date_text, period_name

_HERE = Path(__file__).parent
_TONES = {"error": ("off", "off"), "partial": ("risk", "risk"), "success": ("met", "met")}


@cache
def stylesheet() -> str:
    """The one style sheet of the product; the name beside the mark is in it as well."""
    sheets = "".join(path.read_text(encoding="utf-8") for path in sorted(_HERE.glob("*.css")))
    names = "".join(f":root:lang({lang}){{{_words(lang)}}}" for lang in LANGUAGES)
    own = f"{_status_rules()}{glyphs.rules()}{sheets}"
    return f"{tokens.variables()}{names}{selectors.spread(own)}"


def _words(lang: str) -> str:
    """Words that only a style sheet can put where Streamlit has its own."""
    said = {
        "place": "app.place",
        "product": "app.name",
        "choose-file": "submit.choose_file",
        "loading": "starting.loading",
        "drop-file": "submit.upload_hint",
        "drop-any": "evidence.drop",
    }
    return "".join(f"--{name}:{_string(say(key, lang))};" for name, key in said.items())


def published_link(lang: str) -> str:
    """The last line of every screen: the way to what was published."""
    way = "/cong-bo/" if lang == "vi" else f"/cong-bo/{lang}/"
    name = escape.text(say("published.last", lang))
    return f'<p class="to-published" lang="{lang}"><a href="{way}" target="_self">{name}</a></p>'


def first_look(header: str, blocks: str, lang: str) -> str:
    """A screen as the first page carries it: the header's line and the screen's own blocks."""
    return (
        f'<div id="first" class="stHtml" data-testid="stHtml" lang="{lang}">'
        f'<div class="first"><div class="st-key-shell">{header}</div>{blocks}</div></div>'
    )


def script(screens: Sequence[str]) -> str:
    """The script that makes links quick, the frame speak and figures fit on paper; all works
    without it.

    Args:
        screens: the paths it may lead to without loading the page anew.
    """
    words = json.dumps({lang: dict(frame_words(lang)) for lang in LANGUAGES}, ensure_ascii=False)
    known = f"const WORDS = {words};\nconst SCREENS = {json.dumps(list(screens))};"
    files = ("first.js", "frame.js", "links.js", "print.js")
    parts = ((_HERE / name).read_text(encoding="utf-8") for name in files)
    return "\n".join((known, *parts))


def _string(text: str) -> str:
    """A CSS string, which nothing in it can end."""
    return '"' + text.replace("\\", "").replace('"', "").replace("\n", " ") + '"'


def _status_rules() -> str:
    colours = sorted({token for _, token in LOOK.values()})
    return "".join(
        f".s-{name}{{color:var(--{name});background:var(--{name}s)}}.t-{name}{{color:var(--{name})}}"
        for name in colours
    )


def title(heading: str, caption: str, lang: str) -> str:
    """The page's one h1 with its caption line."""
    return (
        f'<header class="title" lang="{lang}"><h1>{escape.text(heading)}</h1>'
        f"<p>{escape.text(caption)}</p></header>"
    )


def freshness(said: Cell) -> str:
    """How new the figures are; older than the period looked at stands out."""
    words = escape.text(said.text)
    return f'<span class="t-{said.tone}">{words}</span>' if said.tone else words


def banner(lang: str) -> str:
    """The data are made up, and every screen says so."""
    said, hint = escape.text(say("demo.banner", lang)), escape.text(say("demo.hint", lang))
    return f'<p class="demo" lang="{lang}" title="{hint}">{glyphs.glyph("risk")}{said}</p>'


def language_switch(lang: str, href: str) -> str:
    """The link to the same page in the other language; ``href`` is already escaped."""
    other = "en" if lang == "vi" else "vi"
    hint = escape.text(say("nav.other_language_hint", lang))
    name = escape.text(say("nav.other_language", lang))
    return (
        f'<a class="language" lang="{other}" hreflang="{other}" href="{href}" '
        f'title="{hint}">{name}</a>'
    )


def day_switch(known_on: date | None, now: str, lang: str) -> str:
    """As of which day the figures are; ``now`` leads back to the present, already escaped."""
    if known_on is None:
        href, words = escape.link("/thay-doi", lang=lang), escape.text(say("changes.link", lang))
        return f'<a class="language" href="{href}">{words}</a>'
    said = escape.text(say("changes.as_of", lang, day=date_text(known_on, lang)))
    back = escape.text(say("changes.back", lang))
    return (
        f'<p class="demo" role="status" lang="{lang}">{glyphs.glyph("late")}{said}</p>'
        f'<a class="language" href="{now}">{back}</a>'
    )


def approval_switch(shown: bool, waiting: int, href: str, lang: str) -> str:
    """Whether figures that nobody has decided on are included; ``href`` changes that."""
    if not shown:
        if not waiting:
            return ""
        words = escape.text(say("changes.unapproved", lang, count=waiting))
        return f'<a class="language" href="{href}">{words}</a>'
    said = escape.text(say("changes.unapproved_on", lang))
    back = escape.text(say("changes.approved_only", lang))
    return (
        f'<p class="demo" role="status" lang="{lang}">{glyphs.glyph("nyd")}{said}</p>'
        f'<a class="language" href="{href}">{back}</a>'
    )


def way_in(href: str, lang: str) -> str:
    """The link to the sign-in page; ``href`` leads back afterwards."""
    words = escape.text(say("sign_in.enter", lang))
    return f'<a class="language" href="{escape.text(href)}">{words}</a>'


def way_out(name: str, lang: str) -> str:
    """Who has signed in, with the way to the account, and the button that signs out."""
    words = escape.text(say("sign_in.out", lang))
    return (
        f'<form class="person" method="post" action="/dang-xuat">'
        f'<a href="/tai-khoan">{escape.text(name)}</a>'
        f'<button type="submit">{words}</button></form>'
    )


def message(kind: str, text: str, lang: str, *, heading: str = "") -> str:
    """A message with its rule at the left: ``error``, ``partial``, ``success``, ``empty``."""
    head = f"<h2>{escape.text(heading)}</h2>" if heading else ""
    if kind not in _TONES:
        return f'<section class="card say" lang="{lang}">{head}<p>{escape.text(text)}</p></section>'
    shape, token = _TONES[kind]
    return (
        f'<section class="card say r-{token}" role="status" lang="{lang}">{head}'
        f'<p><span class="t-{token}">{glyphs.glyph(shape)}</span>{escape.text(text)}</p></section>'
    )


def failed(heading: str, text: str, lang: str, kind: str = "error", again: str = "") -> str:
    """Why a screen is not shown; the style sheet hides the heading under one that was.

    Args:
        again: the address to try once more, already escaped.
    """
    head = f'<header class="title instead" lang="{lang}"><h1>{escape.text(heading)}</h1></header>'
    said = message(kind, text, lang)
    if again:
        words = escape.text(say("error.again", lang))
        link = f'<a class="go" href="{again}" target="_self">{words}</a>'
        said = said.replace('class="card say', 'class="card say next', 1)
        said = said.replace("</section>", f"{link}</section>")
    return f"{head}{said}"


def first_step(period: Period, due: date, lang: str, before: str = "") -> str:
    """Where nothing was reported yet: when there will be something, and who has to report."""
    named, day = period_name(period, lang, "inside"), date_text(due, lang)
    text = say("nav.first_step_why", lang, period=named, due=day)
    href = escape.link("/tinh-hinh-nop", ky=period.code, lang=lang)
    text = f"{before} {text}" if before else text
    return nothing_yet(text, say("nav.first_step", lang), href, lang)


def nothing_yet(text: str, words: str, href: str, lang: str) -> str:
    """What is missing and when it comes, with the next step; ``href`` is already escaped."""
    return (
        f'<section class="card say next" lang="{lang}"><p>{escape.text(text)}</p>'
        f'<a class="go" href="{href}" target="_self">{escape.text(words)}</a></section>'
    )


def progress(part: float, lang: str) -> str:
    """The page shown while a fresh installation takes in its data; ``part`` is 0 to 1."""
    share = round(100 * part)
    return (
        f'<section class="card starting" lang="{lang}" aria-busy="true" role="status">'
        f"<h1>{escape.text(say('starting.title', lang))}</h1>"
        f"<p>{escape.text(say('starting.first', lang))}</p>"
        f'<div class="meter" role="progressbar" aria-valuemin="0" aria-valuemax="100" '
        f'aria-valuenow="{share}"><i style="width:{share}%"></i></div></section>'
    )
