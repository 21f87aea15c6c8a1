"""Where everything is kept: SQLAlchemy Core on SQLite or PostgreSQL, behind the Protocols of `service/ports.py`.

Repositories never commit: the unit of work does, once. Every query about a child is scoped by the board
the caller was authorised for.
"""
