"""The memory: every number that was ever sent, and the one in force.

Tables, the functions that read and write them, and their migrations. Nothing here
judges a target, words a sentence or asks whether somebody may do something. Functions
take a ``Session``; whoever opened it owns the transaction.
"""

# whoever looks at all tables finds all of them
from store import emulation_schema, people_schema, publication_schema, schema, urging_schema

__all__ = [
    "emulation_schema",
    "people_schema",
    "publication_schema",
    "schema",
    "urging_schema",
]
