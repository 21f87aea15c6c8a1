"""Socket.IO: authentication of connections, rooms, presence, and the way of committed events to every process.

A push is a hint and the log is the truth: anything here may be lost, doubled or late, and no edit is.
Asks the services for every permission; holds no rule of its own.
"""
