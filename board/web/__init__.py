"""Flask blueprints: JSON under `/api/v1`, pages in HTML, and the one table that turns errors into answers.

A view is thin: parse with `wire`, call one service function, answer. No rule and no SQL lives here.
"""
