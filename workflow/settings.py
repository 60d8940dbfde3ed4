"""What an administrator may change without touching code: the ``KPI_*`` variables.

``bootstrap`` reads the environment; here it is only said what each variable means. Every
one has a default that works on a laptop.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote, urlsplit

ROOT = Path(__file__).parent.parent
_ON_OFF = {"on": True, "off": False}
_EVIDENCE_MEGABYTES, _MOST_MEGABYTES = 5, 100
_MAIL_PORTS = {"starttls": 587, "tls": 465, "none": 25}


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
class Mail:
    """The office's server for outgoing e-mail (SMTP)."""

    host: str
    sender: str  # the address that reminders come from
    port: int
    security: str  # "starttls" | "tls" | "none"
    user: str = ""
    password: str = field(default="", repr=False)
    authority: str = ""  # a file of certificates that sign the server's; "": the machine's own

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> Mail | None:
        """None unless server and sender are both named: then no e-mail is ever sent."""
        host = environment.get("KPI_SMTP_HOST", "").strip()
        sender = environment.get("KPI_SMTP_FROM", "").strip()
        if not host or not sender:
            return None
        asked = environment.get("KPI_SMTP_SECURITY", "")
        security = asked if asked in _MAIL_PORTS else "starttls"
        port = environment.get("KPI_SMTP_PORT", "")
        return cls(
            host,
            sender,
            int(port) if port.isdecimal() else _MAIL_PORTS[security],
            security,
            environment.get("KPI_SMTP_USER", ""),
            environment.get("KPI_SMTP_PASSWORD", ""),
            environment.get("KPI_SMTP_CA", ""),
        )


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
    mail: Mail | None = None  # None: no e-mail is sent
    evidence_megabytes: int = _EVIDENCE_MEGABYTES  # that one file kept as evidence may have

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
            mail=Mail.from_environment(environment),
            evidence_megabytes=_megabytes(environment.get("KPI_EVIDENCE_MEGABYTES", "")),
        )

    @property
    def secrets(self) -> tuple[str, ...]:
        """What must stand in no log and on no page."""
        provider = self.single_sign_on
        written = urlsplit(self.database_url).password or ""
        mailing = self.mail.password if self.mail else ""
        found = {written, unquote(written), provider.client_secret if provider else "", mailing}
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


def _megabytes(text: str) -> int:
    """As it says, if that is a size at all."""
    asked = int(text) if text.isascii() and text.isdecimal() and len(text) < 5 else 0
    return min(asked, _MOST_MEGABYTES) or _EVIDENCE_MEGABYTES
