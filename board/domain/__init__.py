"""The words and rules of a board, as plain data and pure functions.

Imports the standard library only. Does no I/O, knows no time but what it is given, and never asks who calls it.
"""
