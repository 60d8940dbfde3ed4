"""The few words that Streamlit's frame has in English only, in the reader's language.

What a screen reader says of the skip link, the menu, a select's arrow or a date's parts
cannot be set from Python. The page's script puts these words in their place. The English
texts are Streamlit's own, letter for letter, so they are also what is looked for.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from texts import catalogue

THEME = "frame."
_THEIRS = "en"  # the language that Streamlit speaks


@cache
def frame_words(lang: str) -> Mapping[str, str]:
    """What stands in the frame → what shall stand there; nothing where both are the same."""
    theirs, ours = catalogue(_THEIRS), catalogue(lang)
    pairs = ((text, ours[key]) for key, text in theirs.items() if key.startswith(THEME))
    return {text: said for text, said in pairs if text != said}
