"""Options and types of arguments that mean the same in several commands."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

F = TypeVar("F", bound=Callable[..., Any])

DAY = click.DateTime(["%Y-%m-%d"])
EXISTING_FILE = click.Path(exists=True, dir_okay=False, readable=True, path_type=Path)
FILE = click.Path(dir_okay=False, path_type=Path)

JSON = click.option("--json", "as_json", is_flag=True, help="One document on standard output.")
PAPER = click.option(
    "-o", "--output", required=True, metavar="FILE.docx|FILE.xlsx",
    type=click.Path(dir_okay=False, writable=True, path_type=Path),
)  # fmt: skip


def as_of_option(help: str = "As it was known at the end of that day.") -> Callable[[F], F]:
    """``--as-of 2018-10-10``: to look back; None is now."""
    return click.option("--as-of", type=DAY, metavar="2018-10-10", help=help)


def period_option(help: str | None = None, *, required: bool = True) -> Callable[[F], F]:
    """``--period 2018-Q3`` as ``period_code``; None where it may be left out and is."""
    return click.option("--period", "period_code", required=required, metavar="2018-Q3", help=help)
