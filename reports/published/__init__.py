"""The published figures: a frozen snapshot as files that need nothing but a browser."""
