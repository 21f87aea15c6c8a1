"""E-mail addresses as they are compared: one form for every way in which the same address is written."""

import unicodedata

_DOTS = str.maketrans({"\u3002": ".", "\uff0e": ".", "\uff61": "."})


def normalize_email(address: str) -> str:
    """Return the form in which an address is stored and looked up. Never fails: what is no address finds nobody.

    Lower case and Unicode's composed form; the domain in letters, never in the ASCII form (`xn--`, RFC 3492) that
    browsers make of it in `<input type=email>`.
    """
    local, at, domain = address.strip().rpartition("@")
    return unicodedata.normalize("NFC", local).lower() + at + _normalize_domain(domain)


def _normalize_domain(domain: str) -> str:
    plain = unicodedata.normalize("NFKC", domain.translate(_DOTS)).lower()
    return ".".join(map(_decode_label, plain.rstrip(".").split(".")))


def _decode_label(label: str) -> str:
    """Return a label of a domain in letters; one that is not the ASCII form of any stays as it is."""
    if not label.startswith("xn--"):
        return label
    try:
        decoded = unicodedata.normalize("NFC", label[4:].encode("ascii").decode("punycode")).lower()
        same = decoded.encode("punycode").decode("ascii") == label[4:]
    except UnicodeError:
        return label
    return decoded if same and not decoded.isascii() else label
