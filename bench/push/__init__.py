"""Rows 3, 4 and 7: pushing events to many viewers, and what a viewer costs.

Three servers, each one process: ours, bare python-socketio under the same Hypercorn and uvloop, and Node's socket.io.
The same raw WebSocket viewers listen to each, in turns.
"""

from bench.push import burst, latency, memory

__all__ = ["burst", "latency", "memory"]
