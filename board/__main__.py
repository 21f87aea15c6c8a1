"""`python -m board` is the `board` command."""

from board.cli.main import main

main()
