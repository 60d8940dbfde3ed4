"""The gate: every act a person may do to the data.

An act checks the permission, runs in one transaction and leaves an audit event. Screens
and commands call nothing else to change data. No screen, no frame, no SQL of its own.
"""
