"""Options that mean the same in several commands."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import click

F = TypeVar("F", bound=Callable[..., Any])


def as_of_option(help: str = "As it was known at the end of that day.") -> Callable[[F], F]:
    """``--as-of 2018-10-10``: to look back; None is now."""
    day = click.DateTime(["%Y-%m-%d"])
    return click.option("--as-of", type=day, metavar="2018-10-10", help=help)
