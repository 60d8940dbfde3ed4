"""The command line, one module per family of commands; ``manage.py`` only starts it.

A command parses, asks and prints. What it prints with ``--json`` is a contract that other
programs rely on.
"""
