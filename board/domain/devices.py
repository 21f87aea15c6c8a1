"""What a browser calls itself (RFC 9110, section 10.1.5), in words that its owner knows."""

_BROWSERS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),  # not shown
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
_SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS X", "macOS"),  # not shown
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
)
"""Marks and names, the most telling first: Edge calls itself Chrome too, and Android calls itself Linux."""

NAME_MAX = 60


def name_device(user_agent: str) -> str:
    """Return a browser and its system, like "Firefox on Linux"; else the first word; "" when it said nothing."""
    browser = _find(user_agent, _BROWSERS)
    system = _find(user_agent, _SYSTEMS)
    if browser and system:
        return f"{browser} on {system}"  # not shown
    first = user_agent.split()[0][:NAME_MAX] if user_agent.split() else ""
    return browser or system or first


def _find(user_agent: str, names: tuple[tuple[str, str], ...]) -> str:
    return next((name for mark, name in names if mark in user_agent), "")
