"""The tests: `unit` has no I/O, `integration` has real databases, `contract` the wire, `e2e` the browser."""
