"""The screens, one thin script each: choose, ask, show. ``navigation`` decides who sees which.

Streamlit puts this folder first on the import path, so no screen may be named like a
top-level package or a library.
"""
