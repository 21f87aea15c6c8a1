"""OpenID providers that others wrote, and a browser that is made of plain requests.

`test_django.py` is part of `make test`; `check_debian.py` needs Debian's packages, and is run by `make providers`.
"""
