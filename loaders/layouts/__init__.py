"""Tables that people made themselves: found, proposed, and read once somebody has said yes.

``tables`` finds headings and rows, ``names`` and ``words`` say what they may mean,
``measures`` what they are counted in and ``titles`` whose they are. ``proposals`` puts a
suggestion together, with how sure it is of each part; ``applying`` reads by a mapping that
a person has confirmed. Nothing is chosen silently: what nobody has confirmed is not read,
and a finding says so. ``plans`` reads the plan workbook.
"""
