"""Getting ready while the server already answers: the database, the modules, the caches.

``dashboard.py`` starts this at its start-up, the first session if it has not; either way
it runs once per database, in the background, and every session can ask how far it is.
What has to be done is ``bootstrap.ready``'s business.
"""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable
from threading import Event, Lock, Thread

import streamlit as st

import bootstrap
from reports.html.sign_in import PASSWORD
from texts import say


class Preparation:
    """One run of ``bootstrap.ready`` and of the ``warm_up`` after it."""

    def __init__(self) -> None:
        self.part = 0.0
        self.sentence = ""
        self.demo = False
        self._succeeded = False
        self._over = Event()

    @property
    def is_ready(self) -> bool:
        return self._over.is_set() and self._succeeded

    @property
    def failed(self) -> bool:
        return self._over.is_set() and not self._succeeded

    def wait(self, seconds: float) -> bool:
        """Is it over, at the latest after ``seconds``?"""
        return self._over.wait(seconds)

    def run(self, warm_up: Callable[[], None] | None) -> None:
        """In a thread of its own: what ends it early is in the server's log."""
        try:
            self.demo = bootstrap.ready(self._tell).demo
            self._welcome()
            if warm_up is not None:
                warm_up()
            self._succeeded = True
        finally:
            # Streamlit collects everything after every rerun; what is loaded by now stays
            # and need not be looked at again.
            gc.collect()
            gc.freeze()
            self._over.set()

    def _welcome(self) -> None:
        """Tell the console how the first administrator gets in, until one has."""
        settings = bootstrap.settings()
        secret = bootstrap.welcome(self.demo)
        if secret is None:
            return
        link = f"{here()}{PASSWORD}?ma={secret}"
        said = say("starting.first_administrator", settings.language, link=link)
        sys.stderr.write(f"{said}\n")

    def _tell(self, part: float, sentence: str) -> None:
        self.part, self.sentence = part, sentence


def here() -> str:
    """The address people reach this server by, to put before a path."""
    public = bootstrap.settings().public_url
    return public or f"http://localhost:{st.get_option('server.port')}"


_lock = Lock()
_preparations: dict[str, Preparation] = {}


def preparation(warm_up: Callable[[], None] | None = None) -> Preparation:
    """The one of the database in the settings, started if nobody has yet or it failed."""
    url = bootstrap.settings().database_url
    with _lock:
        found = _preparations.get(url)
        if found is None or found.failed:
            found = _preparations[url] = Preparation()
            Thread(target=found.run, args=(warm_up,), name="preparation", daemon=True).start()
        return found
