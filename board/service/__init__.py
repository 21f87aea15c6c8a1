"""Use cases: one async function each, in three paragraphs: check, do, record.

Every change of a board goes through here and asks `domain/policy.py` first. Imports the domain and
nothing else; what it needs of the outside is a Protocol in `ports.py`.
"""
