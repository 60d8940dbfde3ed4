"""E-mails about an inquiry, from its page: sent with a step, and again where that failed.

A step is kept before anybody is told of it; what becomes of the mail never takes it back. The
mail goes while the screen has answered already (``pages.errands``).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

import bootstrap
from kpi.findings import KpiError
from kpi.inquiries import Inquiry
from kpi.notices import Notice, to_tell, to_try
from kpi.permissions import Act, Actor, Scope, may
from kpi.sendings import Outcome
from pages import errands, people
from pages.errands import Said
from texts import say
from texts.errors import error_sentence
from workflow.actors import POSTMAN
from workflow.notices import receivers, tell


def tell_aside(
    number: int, lang: str, said: Sequence[Said] = (), *, to_unit: bool, actor: Actor = POSTMAN
) -> Sequence[Said]:
    """Tell of the newest step while the screen goes on; what is to be said at once.

    Args:
        said: what the act said of itself.
    """
    telling = bootstrap.telling()
    if telling is None:
        return said
    factory = bootstrap.session_factory()

    def telling_them() -> Notice | None:
        return tell(factory, telling, number, now=bootstrap.now, actor=actor)

    errands.begin(lambda: _told(telling_them, lang, to_unit=to_unit), said)
    return ()


def _told(telling_them: Callable[[], Notice | None], lang: str, *, to_unit: bool) -> list[Said]:
    try:
        notice = telling_them()
    except KpiError as refused:
        return [_failed(error_sentence(refused, lang), lang)]
    if notice is None:
        return [("partial", say("inquiries.mail.nobody", lang))] if to_unit else []
    if notice.outcome is Outcome.FAILED:
        return [_failed(notice.detail, lang)]
    return [("success", say("inquiries.mail.done_sent", lang))]


def _failed(why: str, lang: str) -> Said:
    return "partial", say("inquiries.mail.done_failed", lang, why=why)


def again(one: Inquiry, known: Sequence[Notice], person: Actor, lang: str, done: str) -> None:
    """A button, where the newest step's mail has failed, or nobody was told by mail yet."""
    place = to_tell(one)
    if place is None or to_try(known, place) is None or bootstrap.settings().mail is None:
        return
    if errands.on_the_way():
        return
    if not may(person, Act.NOTIFY, Scope()):
        return
    with bootstrap.session_factory()() as session:
        if not receivers(session, one, place):
            return
    st.button(
        say("inquiries.mail.again", lang), key=f"inquiry-mail-{one.id}",
        on_click=_again, args=(one.id, lang, done),
    )  # fmt: skip


def _again(number: int, lang: str, done: str) -> None:
    try:
        person = people.acting()
    except KpiError as refused:
        st.session_state[done] = [("error", error_sentence(refused, lang))]
        return
    st.session_state[done] = tell_aside(number, lang, to_unit=True, actor=person)
