"""The `board` command: what an operator types on the server."""
