"""The tokens of programs on the administrator's screen: make one, see them, stop one."""

from __future__ import annotations

from datetime import timedelta

import streamlit as st

import bootstrap
from kpi.collation import collation_key
from pages import admin_forms, people, shell
from pages.admin_forms import keep_secret, perform
from reports.html.admin_facts import TokenLine, token_table
from store import api_tokens
from store.api_tokens import ApiToken
from texts import say
from workflow import accounts as acts

_KEY = "admin-token"
_PLACE = "administered-tokens"
_MOST_DAYS = 3650


def show(screen: shell.Screen) -> None:
    """The table, the two acts, and what has become of the last one."""
    lang, now = screen.lang, bootstrap.now()
    with bootstrap.session_factory()() as session:
        known = api_tokens.listed(session)
    lines = [_line(one, screen) for one in known]
    st.html(token_table(lines, now, lang))
    valid = {one.id: one for one in known if one.ended_at is None and one.ends_at > now}
    with st.container(key="admin-token-acts", horizontal=True):
        _make_form(screen)
        if valid:
            _revoke_form(valid, lang)
    admin_forms.show(_PLACE, lang)


def _make_form(screen: shell.Screen) -> None:
    lang = screen.lang
    units = [screen.org_units.province, *screen.org_units.districts(screen.period.end)]
    names = {unit.code: unit.name.get(lang) for unit in units}
    with st.popover(say("admin.tokens.make", lang)), st.form(_KEY, border=False):
        st.text_input(say("admin.tokens.program", lang), max_chars=64, key=f"{_KEY}-name")
        st.multiselect(
            say("admin.tokens.units_help", lang), list(names), key=f"{_KEY}-units",
            format_func=lambda code: names[code],
        )  # fmt: skip
        st.number_input(
            say("admin.tokens.days", lang), 1, _MOST_DAYS, acts.TOKEN_LASTS.days, key=f"{_KEY}-days"
        )
        st.form_submit_button(say("admin.tokens.make_send", lang), on_click=_make, args=(lang,))


def _revoke_form(valid: dict[int, ApiToken], lang: str) -> None:
    with st.popover(say("admin.tokens.revoke", lang)), st.form(f"{_KEY}-revoke", border=False):
        st.selectbox(
            say("admin.tokens.program", lang), list(valid), key=f"{_KEY}-which",
            format_func=lambda number: f"{number} · {valid[number].name}",
        )  # fmt: skip
        st.form_submit_button(say("admin.tokens.revoke_send", lang), on_click=_revoke, args=(lang,))


def _make(lang: str) -> None:
    kept = st.session_state
    name = str(kept[f"{_KEY}-name"]).strip()
    if not name:
        kept[_PLACE] = "error", say("admin.tokens.no_name", lang)
        return

    def doing() -> None:
        secret = acts.make_token(
            bootstrap.session_factory(), people.acting(), name, sorted(kept[f"{_KEY}-units"]),
            at=bootstrap.now(), lasts=timedelta(days=int(kept[f"{_KEY}-days"])),
        )  # fmt: skip
        keep_secret(say("admin.tokens.once", lang, name=name), secret, _PLACE)

    if perform(doing, say("admin.tokens.made_done", lang, name=name), lang, _PLACE):
        for field in ("name", "units", "days"):
            kept.pop(f"{_KEY}-{field}", None)


def _revoke(lang: str) -> None:
    number = int(st.session_state[f"{_KEY}-which"])

    def doing() -> None:
        acts.revoke_token(bootstrap.session_factory(), people.acting(), number, at=bootstrap.now())

    perform(doing, say("admin.tokens.revoked_done", lang, number=number), lang, _PLACE)


def _line(one: ApiToken, screen: shell.Screen) -> TokenLine:
    units = screen.org_units.units
    names = (units[code].name.get(screen.lang) if code in units else code for code in one.org_units)
    return TokenLine(
        one.id, one.name, tuple(sorted(names, key=collation_key)),
        one.made_by, one.made_at, one.ends_at, one.ended_at,
    )  # fmt: skip
