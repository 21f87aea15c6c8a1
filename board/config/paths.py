"""Where the files that come with the program lie: beside the package in a checkout."""

from pathlib import Path

PACKAGE = Path(__file__).parent.parent
"""The package itself."""


def find(name: str) -> Path:
    """Return the folder `static`, `templates` or `migrations`.

    Carried inside an installed package, else of the checkout.
    """
    carried = PACKAGE / "_assets" / name
    return carried if carried.is_dir() else PACKAGE.parent / name
