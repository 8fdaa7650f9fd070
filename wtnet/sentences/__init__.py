"""Sentences: what figures and names say in English, the same on the screen, in files and on the command line.

`format` writes single numbers, names and lists; the other modules hold the sentences of one page or part each. They take
frames and networks and return text: no markup, no Streamlit.
"""
