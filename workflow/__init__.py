"""The gate: every act that changes data.

Each act checks that its actor may do it, runs in one transaction, and leaves an audit
event in that same transaction. Screens, commands and routes call nothing else to
change data. No SQL here: the statements are in ``store``.
"""
