"""Settings, the objects built from them, and the clock; ``ready()`` prepares the database.

The only module that reads the environment or asks the time. What it builds is built
once per process. Heavy libraries are loaded by the function that needs them: a command
that only checks a file should not wait for a database it does not open.
"""

from __future__ import annotations

import os
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from kpi.definitions import Definitions, OrgUnits
from kpi.local_time import local_date
from kpi.plan_years import PlanYear, PlanYears
from kpi.targets import Target
from workflow.settings import ROOT, Settings

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from store.engine import Session, SessionFactory
    from workflow.notices import Telling
    from workflow.preparation import Installation, State
    from workflow.publishing import Ground as PublishingGround
    from workflow.readiness import Progress
    from workflow.standings import Ground


# --- built once -------------------------------------------------------------------------


@cache
def settings() -> Settings:
    return Settings.from_environment(os.environ)


@cache
def definitions() -> Definitions:
    """The decree as the installation's own file has it; of any plan year: ``plan_years``.

    Raises:
        DefinitionsError: listing every mistake.
    """
    from workflow.definitions import parsed

    return parsed(definitions_text(), settings().definitions.name)


@cache
def definitions_text() -> str:
    """The installation's own file, letter by letter."""
    from loaders.yaml_lines import read_text

    return read_text(settings().definitions)


@cache
def program_version() -> str:
    """As ``pyproject.toml`` says."""
    import tomllib

    return str(tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"])


def definitions_digest() -> str:
    from workflow.definitions import digest_of

    return digest_of(definitions_text())


@cache
def org_units() -> OrgUnits:
    """The province and its districts.

    Raises:
        DefinitionsError: listing every mistake.
    """
    from loaders.org_units import load_org_units

    return load_org_units(settings().org_units)


@cache
def assigned_targets() -> tuple[Target, ...]:
    """The targets assigned to the districts, as the files state them.

    What is in force, the decree's included, the table says: ``store.targets.in_force``.

    Raises:
        DefinitionsError: listing every mistake.
    """
    from loaders.targets import load_targets

    found = (load_targets(path, definitions(), org_units()) for path in settings().targets)
    return tuple(target for targets in found for target in targets)


@cache
def engine() -> Engine:
    """One for the process; its pool serves every session of the server.

    Raises:
        StoreUnavailable: if the URL is wrong, or the folder for the file cannot be made.
    """
    from store.engine import StoreUnavailable, make_engine
    from store.lock import database_file

    made = make_engine(settings().database_url)
    file = database_file(made)
    if file is not None:
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StoreUnavailable(str(error)) from error
    return made


@cache
def session_factory() -> SessionFactory:
    from store.engine import make_session_factory

    return make_session_factory(engine())


def forget() -> None:
    """Build everything anew at the next call; for tests that change the settings."""
    if engine.cache_info().currsize:
        engine().dispose()
    for built in (
        settings,
        definitions,
        definitions_text,
        org_units,
        assigned_targets,
        engine,
        session_factory,
    ):
        built.cache_clear()


# --- the clock --------------------------------------------------------------------------


def now() -> datetime:
    """This moment, in UTC."""
    return datetime.now(UTC)


def today() -> date:
    """The date in the province, wherever the server stands."""
    return local_date(now())


# --- plan years -------------------------------------------------------------------------


def plan_years(session: Session | None = None, as_of: datetime | None = None) -> PlanYears:
    """The definitions of every plan year that is open: ``plan_years().of(period)``.

    Args:
        session: None opens one, if there is a database; without one there is the file.
        as_of: as they were known at that moment; None: now.
    """
    if session is None:
        session = session_if_ready()
        if session is None:
            return PlanYears((PlanYear(definitions()),))
        with session:
            return plan_years(session, as_of)
    from workflow.definitions import kept_years

    own = definitions()
    return kept_years(session, {definitions_digest(): own}, as_of) or PlanYears((PlanYear(own),))


def standing_ground(year: int, rules: Path | None = None) -> Ground:
    """What the standing of a year is made from; ``rules`` are others than the year's own."""
    from loaders.yaml_lines import read_text
    from workflow.standings import Ground

    file = rules or settings().data / "emulation" / f"{year}.yaml"
    text = read_text(file) if file.exists() else None
    return Ground(text, plan_years, org_units())


def publishing_ground() -> PublishingGround:
    """What a publication is made from, besides the database."""
    from workflow.publishing import Ground

    return Ground(plan_years, org_units(), ready(samples=False).demo)


def telling() -> Telling | None:
    """How people are told of explanations by e-mail; None: no mail is sent."""
    mail = settings().mail
    if mail is None:
        return None
    from reports.inquiry_letters import as_text
    from reports.inquiry_words import InquiryWords
    from workflow.notices import Telling
    from workflow.post import Letter

    words = InquiryWords(plan_years(), org_units(), settings().language, today())
    return Telling(mail, lambda one: Letter(*as_text(one, words, settings().public_url)))


# --- the database -----------------------------------------------------------------------


def data_version(session: Session) -> int:
    """Counts every change to the data: the key under which judged slices are kept."""
    from store.settings import data_version

    return data_version(session)


def database_is_gone() -> bool:
    """Is it a file that does not exist, or no longer?"""
    kind, _, address = settings().database_url.partition(":///")
    return kind == "sqlite" and not Path(address.partition("?")[0]).exists()


def session_if_ready() -> Session | None:
    """A session on a database that is up to date; None where there is no such database."""
    if database_is_gone():
        return None  # do not load the database library, nor create a file, to find nothing
    from store.migrate import is_up_to_date

    return session_factory()() if is_up_to_date(engine()) else None


def ready(progress: Progress | None = None, *, samples: bool = True) -> State:
    """Migrate, lay down the targets, take in the demonstration: whatever is still to do.

    Quick when nothing is. Safe to call from several processes and threads at once.

    Args:
        progress: told the part that is done (0 to 1) and a sentence.
        samples: False leaves a new database empty and undecided.
    """
    from workflow import readiness

    return readiness.ready(_installation(), progress, samples=samples)


def welcome(demo: bool) -> str | None:
    """Let people in: the demonstration's accounts, or a link for the first administrator.

    Returns:
        The secret of the link by which the first administrator chooses a password; None
        once one has, in the demonstration, and where nobody signs in.
    """
    from workflow.people import demo_accounts, first_administrator

    if not settings().sign_in:
        return None
    if demo:
        demo_accounts(session_factory(), at=now())
        return None
    return first_administrator(session_factory(), at=now())


def set_demo_aside() -> str | None:
    """Move the demonstration away, to make room for real use.

    Returns:
        Where it lies now, a file or a schema; None if there is no demonstration.

    Raises:
        StoreBusy: if a server still has the database open.
    """
    from store.aside import set_aside

    state = _installation().state(samples=False)
    if state is None or not state.demo:
        return None
    return set_aside(engine(), f"demo_{now():%Y%m%d_%H%M%S}")


def _installation() -> Installation:
    from workflow.preparation import Installation

    return Installation(
        engine=engine(),
        factory=session_factory(),
        settings=settings(),
        definitions=definitions(),
        definitions_text=definitions_text(),
        org_units=org_units(),
        assigned=assigned_targets,
        plan_years=plan_years,
        ground=standing_ground,
        now=now,
        today=today,
    )
