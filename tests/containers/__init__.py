"""The containers as they are shipped, in a real Docker Engine: `make containers` runs the checks, `make test` doesn't.

Their files are no `test_*.py`, so that only who names them collects them: they need an engine, and minutes.
"""
