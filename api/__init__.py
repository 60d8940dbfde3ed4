"""What other programs read: JSON, CSV and SDMX-CSV on the server of the screens.

A door like ``pages`` and ``commands``, and thin like them: parse the question, ask the
memory and the rules, word the answer. It reads what is approved and changes nothing.
"""

from api.routes import routes

__all__ = ["routes"]
