"""Whoever acts and is no person has a name in both languages."""

from __future__ import annotations

import pytest

from reports.actors import actor_name
from texts import LANGUAGES
from workflow import actors

MACHINES = [one for one in vars(actors).values() if isinstance(one, actors.Actor)]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_machine_actor_has_a_name(lang: str) -> None:
    assert MACHINES
    for one in MACHINES:
        assert actor_name(one.id, lang) != one.id
        if lang == "vi":
            assert actor_name(one.id, lang) == one.name


def test_a_person_is_called_by_their_own_name() -> None:
    assert actor_name("thu.le", "vi") == "thu.le"
