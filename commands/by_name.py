"""A group whose commands are loaded when they are asked for.

What one command needs does not delay another: a cold ``manage.py check`` would otherwise spend
a fifth of its time on the other thirty. ``--help`` loads them all.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module

import click


class ByName(click.Group):
    """``places``: by a command's name its module in this package and its function there."""

    def __init__(self, places: Mapping[str, str], help: str) -> None:
        super().__init__(help=help)
        self._places = places

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(self._places)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        place = self._places.get(cmd_name)
        if place is None:
            return None
        module, _, function = place.partition(".")
        command = getattr(import_module(f"commands.{module}"), function)
        assert isinstance(command, click.Command)
        return command
