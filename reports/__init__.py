"""The way out: tables, figures and the HTML of the screens.

A function here takes values and returns a table, a figure or a text. Nothing here opens
a workbook somebody sent, changes the database or knows Streamlit.
"""
