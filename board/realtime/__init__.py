"""Socket.IO: who listens to which board, and the relay from the event log to their rooms.

A push is a hint and the log is the truth: anything here may be lost, doubled or late, and no edit is.
Asks the services for every permission; holds no rule of its own.
"""
