"""What a database still needs before it can be used: tables, definitions, targets, samples.

``state`` says whether anything is left to do, ``prepare`` does it; each step is an act of
its own, so that the next start goes on where a killed one stopped. Who may work when
several processes start at once: ``workflow.readiness``.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from kpi.definitions import Definitions, OrgUnits
from kpi.plan_years import PlanYears
from kpi.targets import Target
from store import migrate
from store.engine import Engine, SessionFactory
from store.settings import data_version, read_all
from workflow.actors import START_UP
from workflow.definitions import digest_of
from workflow.installation import Demo, choose_demo, take_in_samples
from workflow.plan_years import adopt_definitions
from workflow.plan_years import adopted_from as defined_from
from workflow.settings import Settings
from workflow.targets import adopt, adopted_from

if TYPE_CHECKING:
    from workflow.standings import Ground

Told = Callable[[int, int], None]  # so many of so many samples are in


@dataclass(frozen=True)
class State:
    """What is there: is this the demonstration, and which data version?"""

    demo: bool
    data_version: int


@dataclass(frozen=True)
class Installation:
    """A database, and what the installation's files say should be in it."""

    engine: Engine
    factory: SessionFactory
    settings: Settings
    definitions: Definitions
    definitions_text: str
    org_units: OrgUnits
    assigned: Callable[[], tuple[Target, ...]]
    plan_years: Callable[[], PlanYears]
    ground: Callable[[int], Ground]  # of a year's standing
    now: Callable[[], datetime]
    today: Callable[[], date]

    def state(self, samples: bool) -> State | None:
        """The state of a database with which nothing is to do; else None."""
        if not migrate.is_up_to_date(self.engine):
            return None
        with self.factory() as session:
            kept = read_all(session)
            version = data_version(session)
        demo = Demo.of(kept)
        if defined_from(kept) != digest_of(self.definitions_text):
            return None
        if adopted_from(kept) != self._digest_of_targets() or (samples and demo.is_open):
            return None
        return State(demo.is_demo, version)

    def prepare(self, told: Told, samples: bool) -> State:
        """Do what is still to do; the caller holds the lock."""
        if not migrate.is_up_to_date(self.engine):
            migrate.upgrade(self.engine)
        if self.state(samples=False) is None:
            self._adopt_definitions()
            self._adopt_targets()
        if samples and self.state(samples) is None:
            self._take_in_samples(told)
        state = self.state(samples)
        if state is None:
            raise RuntimeError("the database was prepared and still is not ready")
        return state

    def _adopt_definitions(self) -> None:
        adopt_definitions(
            self.factory, START_UP, self.definitions, self.definitions_text, at=self.now()
        )

    def _adopt_targets(self) -> None:
        """The file's own plan year's; those of another year came when that was opened."""
        opened = {one.year for one in self.plan_years().opened} - {self.definitions.plan_year}
        stated = (*self.definitions.targets, *self.assigned())
        adopt(
            self.factory,
            START_UP,
            [target for target in stated if target.year not in opened],
            at=self.now(),
            on=self.today(),
            source=self._digest_of_targets(),
        )

    def _digest_of_targets(self) -> str:
        digest = hashlib.sha256()
        settings = self.settings
        for path in (settings.definitions, settings.org_units, *settings.targets):
            digest.update(path.read_bytes())
        return digest.hexdigest()

    def _take_in_samples(self, told: Told) -> None:
        choose_demo(self.factory, START_UP, at=self.now())
        take_in_samples(
            self.factory,
            self.settings.samples,
            definitions=self.definitions,
            org_units=self.org_units,
            at=self.now(),
            progress=told,
            others=self._take_in_others,
        )

    def _take_in_others(self) -> None:
        # it judges figures, which takes libraries that no other start needs
        from workflow.illustrative import ask_illustrative
        from workflow.sample_emulation import take_in_emulation
        from workflow.seeing import Seeing

        take_in_emulation(
            self.factory, self.settings.samples, self.definitions, self.org_units, self.ground
        )
        seeing = Seeing(self.factory, self.plan_years(), self.org_units)
        ask_illustrative(self.factory, seeing, at=self.now())
