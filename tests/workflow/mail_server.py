"""A mail server of the tests' own, on this machine: open, or with a certificate made for it."""

from __future__ import annotations

import email
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from email.policy import default
from ipaddress import ip_address
from pathlib import Path
from socket import socket
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword
from aiosmtpd.smtp import Session as SmtpSession
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from workflow.settings import Mail

HOST = "127.0.0.1"
PASSWORD = "mat-khau-thu"


@dataclass
class Mailbox:
    """What the server took; it refuses whomever it is told to."""

    took: list[EmailMessage] = field(default_factory=list)
    refuses: tuple[str, ...] = ()
    signed_in: list[str] = field(default_factory=list)
    encrypted: list[bool] = field(default_factory=list)  # each mail that was taken

    async def handle_RCPT(
        self,
        _server: SMTP,
        _session: SmtpSession,
        envelope: Envelope,
        address: str,
        _options: object,
    ) -> str:
        if address in self.refuses:
            return "550 no such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, _session: SmtpSession, envelope: Envelope) -> str:
        made = email.message_from_bytes(envelope.content or b"", policy=default)
        assert isinstance(made, EmailMessage)
        self.took.append(made)
        assert server.transport is not None
        self.encrypted.append(server.transport.get_extra_info("sslcontext") is not None)
        return "250 OK"

    def authenticate(
        self,
        _server: SMTP,
        _session: SmtpSession,
        _envelope: Envelope,
        _mechanism: str,
        data: object,
    ) -> AuthResult:
        assert isinstance(data, LoginPassword)
        self.signed_in.append(data.login.decode())
        return AuthResult(success=data.password.decode() == PASSWORD, handled=False)


@contextmanager
def serving(mailbox: Mailbox, **how: Any) -> Iterator[Mail]:
    """The settings of a server that wants a password; ``how`` goes to it as it is."""
    with socket() as free:
        free.bind((HOST, 0))
        port = free.getsockname()[1]
    server = Controller(
        mailbox, hostname=HOST, port=port, authenticator=mailbox.authenticate,
        auth_require_tls=False, **how,
    )  # fmt: skip
    server.start()
    yield Mail(HOST, "thidua@langson.gov.vn", port, "none", "thidua", PASSWORD)
    server.stop()


def certificate(folder: Path) -> tuple[Path, ssl.SSLContext]:
    """A certificate for this machine that nobody knows, as a file, and a server's use of it."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "thu")])
    now = datetime.now(UTC)
    here = x509.SubjectAlternativeName([x509.IPAddress(ip_address(HOST))])
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(here, critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    public, private = folder / "server.pem", folder / "server.key"
    public.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    private.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(public, private)
    return public, context
