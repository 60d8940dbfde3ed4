"""The rules of the province's targets, in plain Python.

Nothing in this package reads a file, opens a connection, draws or asks the time. It
imports only the standard library, so that every rule can be read and tested alone.
"""

from kpi.assessment import Context, assess

__all__ = ["Context", "assess"]
