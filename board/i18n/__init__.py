"""Catalogues of messages, and how they are looked up for pages, the API, sockets and mail.

What is shown to people is marked where it is written: by `msg` in Python (`board/domain/messages.py`), by `_` and
`{% trans %}` in templates, by `t` in the browser (`static/js/lib/i18n.js`). Here it is translated.
"""
