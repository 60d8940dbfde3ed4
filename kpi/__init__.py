"""The rules of the province's targets, in plain Python.

Nothing in this package reads a file, opens a connection, draws or asks the time. It
imports only the standard library, so that every rule can be read and tested alone.

The one function most callers want is offered here, but loaded only when asked for: a
process that merely opens a workbook judges nothing.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kpi.assessment import Context, assess

__all__ = ["Context", "assess"]


def __getattr__(name: str) -> object:
    if name in __all__:
        from kpi import assessment

        return getattr(assessment, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
