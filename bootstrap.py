"""Settings, the objects built from them, and the clock; ``ready()`` prepares the database.

The only module that reads the environment or asks the time. What it builds is built
once per process. Heavy libraries are loaded by the function that needs them: a command
that only checks a file should not wait for a database it does not open.
"""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit
from zoneinfo import ZoneInfo

from kpi.definitions import Definitions, OrgUnits
from kpi.plan_years import PlanYear, PlanYears
from kpi.targets import Target

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from store.engine import Session, SessionFactory
    from workflow.standings import Ground

ROOT = Path(__file__).parent
PROVINCE_TIME = ZoneInfo("Asia/Ho_Chi_Minh")
Progress = Callable[[float, str], None]

_WAIT_SECONDS = 0.2
_ON_OFF = {"on": True, "off": False}


@dataclass(frozen=True)
class SingleSignOn:
    """The identity provider of the province, by OpenID Connect."""

    issuer: str  # its address; /.well-known/openid-configuration lies under it
    client_id: str
    client_secret: str
    claim: str = "email"  # what it says of a person that an account here has as its e-mail

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> SingleSignOn | None:
        """None unless provider and client are both named."""
        issuer = environment.get("KPI_OIDC_ISSUER", "").rstrip("/")
        client = environment.get("KPI_OIDC_CLIENT_ID", "")
        if not issuer or not client:
            return None
        secret = environment.get("KPI_OIDC_CLIENT_SECRET", "")
        return cls(issuer, client, secret, environment.get("KPI_OIDC_CLAIM") or "email")


@dataclass(frozen=True)
class Settings:
    """What an administrator may change without touching code."""

    database_url: str
    language: str
    definitions: Path
    data: Path  # organisation units, assigned targets, samples
    # "on": people sign in. "off": one person at one machine, who may do everything.
    sign_in: bool = True
    # Approved figures are open to whoever reaches the server; None: in the demo only.
    public_reading: bool | None = None
    public_url: str = ""  # under which people reach the server, if a proxy stands before it
    single_sign_on: SingleSignOn | None = None  # None: people have a password here

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> Settings:
        """Read ``KPI_*`` variables; every one has a default that works on a laptop.

        A language we do not have is taken for Vietnamese.
        """
        data = Path(environment.get("KPI_DATA", ROOT / "data"))
        database = (ROOT / "data" / "kpi.sqlite").as_posix()
        return cls(
            database_url=environment.get("KPI_DATABASE_URL", f"sqlite:///{database}"),
            language="en" if environment.get("KPI_LANGUAGE") == "en" else "vi",
            definitions=Path(environment.get("KPI_DEFINITIONS", ROOT / "kpi_definitions.yaml")),
            data=data,
            sign_in=environment.get("KPI_SIGN_IN", "on") != "off",
            public_reading=_ON_OFF.get(environment.get("KPI_PUBLIC_READING", "")),
            public_url=environment.get("KPI_PUBLIC_URL", "").rstrip("/"),
            single_sign_on=SingleSignOn.from_environment(environment),
        )

    @property
    def secrets(self) -> tuple[str, ...]:
        """What must stand in no log and on no page."""
        provider = self.single_sign_on
        written = urlsplit(self.database_url).password or ""
        found = {written, unquote(written), provider.client_secret if provider else ""}
        return tuple(sorted(found - {""}))

    def reading_is_open(self, demo: bool) -> bool:
        """May approved figures be read without signing in?"""
        return demo if self.public_reading is None else self.public_reading

    @property
    def org_units(self) -> Path:
        return self.data / "org_units.yaml"

    @property
    def targets(self) -> tuple[Path, ...]:
        return tuple(sorted((self.data / "targets").glob("*.yaml")))

    @property
    def samples(self) -> Path:
        return self.data / "samples"


@dataclass(frozen=True)
class State:
    """What ``ready()`` found or made: is this the demonstration, and which data version?"""

    demo: bool
    data_version: int


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
        _number_of_samples,
    ):
        built.cache_clear()


# --- the clock --------------------------------------------------------------------------


def now() -> datetime:
    """This moment, in UTC."""
    return datetime.now(UTC)


def today() -> date:
    """The date in the province, wherever the server stands."""
    return now().astimezone(PROVINCE_TIME).date()


def end_of(day: date) -> datetime:
    """The last moment of a day in the province: what is known on a day is known by then."""
    return datetime.combine(day, datetime.max.time(), PROVINCE_TIME)


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


def history_fixed_at(year: PlanYear) -> datetime:
    """Since when corrections of earlier years move no status of a plan year any more."""
    fixed = end_of(year.history_fixed_on)
    return fixed if year.opened_at is None else max(fixed, year.opened_at)


def standing_ground(year: int, rules: Path | None = None) -> Ground:
    """What the standing of a year is made from; ``rules`` are others than the year's own."""
    from loaders.yaml_lines import read_text
    from workflow.standings import Ground

    file = rules or settings().data / "emulation" / f"{year}.yaml"
    text = read_text(file) if file.exists() else None
    return Ground(text, plan_years, history_fixed_at, org_units())


# --- the database -----------------------------------------------------------------------


def data_version(session: Session) -> int:
    """Counts every change to the data: the key under which judged slices are kept."""
    from store.settings import data_version

    return data_version(session)


def session_if_ready() -> Session | None:
    """A session on a database that is up to date; None where there is no such database."""
    kind, _, address = settings().database_url.partition(":///")
    if kind == "sqlite" and not Path(address.partition("?")[0]).exists():
        return None  # do not load the database library, nor create a file, to find nothing
    from store.migrate import is_up_to_date

    return session_factory()() if is_up_to_date(engine()) else None


def _silent(_part: float, _sentence: str) -> None:
    """Nobody is watching."""


def ready(progress: Progress | None = None, *, samples: bool = True) -> State:
    """Migrate, lay down the targets, take in the demonstration: whatever is still to do.

    Quick when nothing is. Safe to call from several processes and threads at once: one
    works, the others wait; and after a kill: the next call goes on where it stopped.

    Args:
        progress: told the part that is done (0 to 1) and a sentence.
        samples: False leaves a new database empty and undecided.
    """
    from store.lock import try_lock

    progress = progress or _silent
    state = _state(samples)
    while state is None:
        with try_lock(engine()) as ours:
            if ours:
                state = _state(samples) or _prepare(progress, samples)
        if state is None:
            _wait(progress)
            state = _state(samples)
    return state


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

    state = _state(samples=False)
    if state is None or not state.demo:
        return None
    return set_aside(engine(), f"demo_{now():%Y%m%d_%H%M%S}")


def _state(samples: bool) -> State | None:
    """The state of a database with which nothing is to do; else None."""
    from store.migrate import is_up_to_date
    from store.settings import read_all
    from workflow.installation import Demo
    from workflow.plan_years import adopted_from as defined_from
    from workflow.targets import adopted_from

    if not is_up_to_date(engine()):
        return None
    with session_factory()() as session:
        kept = read_all(session)
        version = data_version(session)
    demo = Demo.of(kept)
    if defined_from(kept) != definitions_digest():
        return None
    if adopted_from(kept) != _digest_of_targets() or (samples and demo.is_open):
        return None
    return State(demo.is_demo, version)


def _prepare(progress: Progress, samples: bool) -> State:
    """Do what is still to do; the caller holds the lock."""
    from store import migrate

    if not migrate.is_up_to_date(engine()):
        migrate.upgrade(engine())
    if _state(samples=False) is None:
        _adopt_definitions()
        _adopt_targets()
    if samples and _state(samples) is None:
        _take_in_samples(progress)
    state = _state(samples)
    if state is None:
        raise RuntimeError("the database was prepared and still is not ready")
    return state


def _adopt_definitions() -> None:
    from workflow.actors import START_UP
    from workflow.plan_years import adopt_definitions

    adopt_definitions(session_factory(), START_UP, definitions(), definitions_text(), at=now())


def _adopt_targets() -> None:
    """The file's own plan year's; those of another year came when that was opened."""
    from workflow.actors import START_UP
    from workflow.targets import adopt

    opened = {one.year for one in plan_years().opened} - {definitions().plan_year}
    stated = (*definitions().targets, *assigned_targets())
    adopt(
        session_factory(),
        START_UP,
        [target for target in stated if target.year not in opened],
        at=now(),
        on=today(),
        source=_digest_of_targets(),
    )


def _digest_of_targets() -> str:
    digest = hashlib.sha256()
    for path in (settings().definitions, settings().org_units, *settings().targets):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _take_in_samples(progress: Progress) -> None:
    from workflow.actors import START_UP
    from workflow.installation import choose_demo, take_in_samples

    choose_demo(session_factory(), START_UP, at=now())
    take_in_samples(
        session_factory(),
        settings().samples,
        definitions=definitions(),
        org_units=org_units(),
        at=now(),
        progress=lambda done, total: _tell(progress, done, total),
    )


@cache
def _number_of_samples() -> int:
    from workflow.installation import samples_in

    return len(samples_in(settings().samples))


def _tell(progress: Progress, done: int, total: int) -> None:
    from texts import say

    sentence = say("starting.step", settings().language, done=done, total=total)
    progress(done / total if total else 1.0, sentence)


def _wait(progress: Progress) -> None:
    """Another process or thread is at work: tell how far it is."""
    from store import migrate, submissions

    if migrate.is_up_to_date(engine()):
        with session_factory()() as session:
            done = submissions.count(session)
        _tell(progress, min(done, _number_of_samples()), _number_of_samples())
    time.sleep(_WAIT_SECONDS)
