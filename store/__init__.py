"""The memory: tables, what is written to them and read from them, migrations.

It stores and finds. It does not judge a target, word a sentence or check a permission.
pandas is used in ``store.series`` alone; the checks read plain rows (``store.lookups``).
"""
