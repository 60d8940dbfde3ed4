"""The way in: definitions, organisation units, workbook forms and what stands in them.

Every value keeps the cell it came from. Nothing here writes to the database or draws.
"""
