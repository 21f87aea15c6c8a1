"""Mail leaves here: written from templates, queued, and carried by SMTP or into the log.

It knows nothing of boards, accounts or requests. What it is given is sent; who may send what is decided elsewhere.
"""
