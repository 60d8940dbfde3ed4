"""Bringing a database up to date when several start at once: one works, the others wait.

Safe after a kill too: the lock falls with its holder, and the next call goes on where it
stopped. What there is to do says ``workflow.preparation``.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from store import migrate, submissions
from store.lock import try_lock
from texts import say
from workflow.installation import samples_in
from workflow.preparation import Installation, State

Progress = Callable[[float, str], None]

_WAIT_SECONDS = 0.2


def ready(installation: Installation, progress: Progress | None, *, samples: bool) -> State:
    """Do whatever is still to do, or wait until it is done; quick when nothing is.

    Args:
        progress: told the part that is done (0 to 1) and a sentence.
        samples: False leaves a new database empty and undecided.
    """

    def told(done: int, total: int) -> None:
        if progress is not None:
            lang = installation.settings.language
            sentence = say("starting.step", lang, done=done, total=total)
            progress(done / total if total else 1.0, sentence)

    state = installation.state(samples)
    while state is None:
        with try_lock(installation.engine) as ours:
            if ours:
                state = installation.state(samples) or installation.prepare(told, samples)
        if state is None:
            _wait(installation, told)
            state = installation.state(samples)
    return state


def _wait(installation: Installation, told: Callable[[int, int], None]) -> None:
    """Another process or thread is at work: tell how far it is."""
    if migrate.is_up_to_date(installation.engine):
        with installation.factory() as session:
            done = submissions.count(session)
        total = len(samples_in(installation.settings.samples))
        told(min(done, total), total)
    time.sleep(_WAIT_SECONDS)
