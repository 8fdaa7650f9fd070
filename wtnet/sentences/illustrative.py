"""The notice that a programme is invented, in words for the screen, for a file, and for the foot of a slide."""

SENTENCE = "every partner, figure and quote of this programme is invented."
FILE = "Illustrative: everything in this file is invented; it says nothing about real partners."
SLIDE = "Illustrative: all of it is invented"
