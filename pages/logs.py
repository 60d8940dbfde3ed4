"""The server's own log: one event a line, as JSON, with no secret in it.

What people did to the data is in the audit log; here stands what somebody who looks after the
server must see: refusals, failed sign-ins, screens that broke, each of these with the id
that the user was shown. Whatever came from outside is a JSON string, so a line break in a
name cannot begin a line of its own. Streamlit's own messages are written the same way.
"""

from __future__ import annotations

import logging
import re
import sys
import threading
from collections.abc import MutableMapping
from typing import Any

import structlog

import bootstrap

NAME = "kpi"
_UNCAUGHT = "Uncaught app execution"
_HIDDEN = "***"
_ENDS_A_LINE = re.compile("[\x7f-\x9f\u2028\u2029]")  # what JSON leaves as it is
Event = MutableMapping[str, Any]


def set_up() -> None:
    """Write what this program and Streamlit have to say to the console, line by line."""
    own = logging.getLogger(NAME)
    if not own.handlers:
        own.addHandler(logging.StreamHandler(sys.stderr))
    own.setLevel(logging.INFO)
    own.propagate = False
    # What a library says that has no handler of its own goes through the last resort.
    last = [logging.lastResort] if logging.lastResort is not None else []
    for handler in (*own.handlers, *_streamlits(), *last):
        handler.setFormatter(formatter(bootstrap.settings().secrets))
    logging.getLogger("streamlit.error_util").addFilter(_is_not_told_by_us)
    threading.excepthook = _thread_failed


def failure(where: str, error: BaseException, number: str) -> None:
    """Something broke that nobody foresaw; ``number`` is what the user was shown."""
    log = logging.getLogger(f"{NAME}.{where}")
    log.error("failed", exc_info=error, extra={"number": number})


def formatter(secrets: tuple[str, ...]) -> logging.Formatter:
    """One JSON object a line; ``secrets`` are never written, wherever they turn up."""

    def render(logger: Any, name: str, event: Event) -> str:
        written = structlog.processors.JSONRenderer(ensure_ascii=False)(logger, name, event)
        one_line = _ENDS_A_LINE.sub(lambda found: f"\\u{ord(found[0]):04x}", str(written))
        return hide(one_line, secrets)

    return structlog.stdlib.ProcessorFormatter(
        processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, render],
        foreign_pre_chain=[
            structlog.stdlib.ExtraAdder(),
            structlog.stdlib.add_log_level,
            structlog.stdlib.add_logger_name,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
        ],
    )


def hide(written: str, secrets: tuple[str, ...]) -> str:
    for secret in secrets:
        written = written.replace(secret, _HIDDEN)
    return written


def _streamlits() -> list[logging.Handler]:
    """The console handlers that Streamlit has given its loggers by now."""
    known = logging.Logger.manager.loggerDict.values()
    found: list[logging.Handler] = []
    for one in known:
        handler = getattr(one, "streamlit_console_handler", None)
        if isinstance(handler, logging.Handler):
            found.append(handler)
    return found


def _is_not_told_by_us(record: logging.LogRecord) -> bool:
    """Streamlit tells of a screen that broke before it asks us, who tell of it with the number
    that the user is shown; once is enough."""
    return record.msg != _UNCAUGHT


def _thread_failed(what: threading.ExceptHookArgs) -> None:
    error = what.exc_value
    if error is not None and not isinstance(error, SystemExit):
        failure("thread", error, "")
