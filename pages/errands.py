"""What takes its time after an act, a mail to a slow server say: done aside, its end told later.

The act itself is kept before; the screen answers at once, says that something is on its way,
looks again every second, and shows what became of it. A server that is stopped meanwhile leaves
the record as it is: a mail that had begun may have gone and is not sent again, one whose turn
had not come is not on record, and its button is still there.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from threading import BoundedSemaphore, Event, Thread

import streamlit as st

from reports.html import page
from texts import say

Said = tuple[str, str]  # the kind of a message, and its words
_KEY = "errands"
_EVERY = 1.0  # second
_AT_ONCE = BoundedSemaphore(2)  # on the whole server; the others wait their turn
_running: set[Errand] = set()


class Errand:
    """One run; ``before`` is what the act said of itself, ``after`` what became of the rest."""

    def __init__(self, work: Callable[[], Sequence[Said]], before: Sequence[Said]) -> None:
        self.before = tuple(before)
        self.after: tuple[Said, ...] = ()
        self._work = work
        self.over = Event()

    def run(self) -> None:
        """In a thread of its own: what ends it early is in the server's log."""
        try:
            with _AT_ONCE:
                self.after = tuple(self._work())
        finally:
            _running.discard(self)
            self.over.set()


def begin(work: Callable[[], Sequence[Said]], before: Sequence[Said] = ()) -> None:
    """Do it aside, for the session whose act it follows; it must touch nothing of the screen."""
    errand = Errand(work, before)
    _running.add(errand)
    st.session_state[_KEY] = [*_of_session(), errand]
    Thread(target=errand.run, name="errand", daemon=True).start()


def on_the_way() -> bool:
    """Is something of this session still being done?"""
    return not all(errand.over.is_set() for errand in _of_session())


def show(lang: str) -> None:
    """What the acts said, and what became of the rest: once all of it is over, once."""
    errands, waiting = _of_session(), on_the_way()
    if not waiting:
        st.session_state.pop(_KEY, None)
    for errand in errands:
        for kind, said in (*errand.before, *(() if waiting else errand.after)):
            st.html(page.message(kind, said, lang))
    if waiting:
        _wait(lang)


def settle(seconds: float) -> None:
    """Wait for all of them; for tests."""
    for errand in [*_running]:
        errand.over.wait(seconds)


@st.fragment(run_every=_EVERY)
def _wait(lang: str) -> None:
    if not on_the_way():
        st.rerun()
    st.html(page.message("empty", say("reminders.on_the_way", lang), lang))


def _of_session() -> list[Errand]:
    found: list[Errand] = st.session_state.get(_KEY, [])
    return found
