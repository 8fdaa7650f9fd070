"""Sentences: figures and names as words, the same on the screen, in files and on the command line."""
