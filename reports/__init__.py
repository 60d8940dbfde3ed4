"""The way out: judged tables, HTML blocks, figures and documents.

``reports.tables`` is the one place that judges a slice of values; everything else here
draws what it found. Nothing in this package writes to the database or knows a screen.
"""
