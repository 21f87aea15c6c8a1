"""The ASGI application: `hypercorn asgi:app` serves everything."""

from board.app import create_asgi

app = create_asgi()
