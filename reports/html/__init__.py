"""HTML and CSS blocks for the screens: strings, escaped, without script and without SVG.

Streamlit's ``st.html`` removes inline SVG, so bullets are boxes and every shape is a CSS
mask. The looks of all blocks lie in one stylesheet (``style.css`` and ``tokens``);
sizes and colours are UI's. Nothing here asks the database or knows a page.
"""
