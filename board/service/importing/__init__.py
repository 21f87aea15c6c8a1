"""Carrying an import out: from a stream of document pieces to rows and events, batch by batch.

Nothing here knows a format or a request. A batch is one transaction and one event, and every step may be
repeated: what is there already is recognised by its id and left as it is.
"""
