"""Trello's board export (menu, Print, export and share, Export as JSON) as a stream of document pieces.

The file is read twice over: a first look notes the order and the names (`index.py`), a second makes the
pieces, one card at a time, so that memory grows with the number of cards and never with their text.
Field names follow https://developer.atlassian.com/cloud/trello/guides/rest-api/object-definitions/.
"""

from board.importers.trello.reader import NAME, pieces, read, recognises

__all__ = ["NAME", "pieces", "read", "recognises"]
