"""The command line: one module per family of commands. ``manage.py`` only starts it.

Other programs rely on it: with ``--json`` standard output holds one document and
nothing else; exit 0 means done, 1 refused, 2 used wrongly. Libraries that take long to
load are loaded by the command that needs them, not by the one beside it.
"""
