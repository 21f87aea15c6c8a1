"""The only JSON vocabulary: pydantic models of requests, resources and events.

What comes in is validated here and nowhere else; what goes out, by HTTP or by socket, is written here.
"""
