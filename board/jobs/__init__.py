"""Background work: one definition of each job, run on the loop of the server that accepted it.

A job calls a service and holds no rule. It may be cut off at any moment and must be harmless to run again.
"""
