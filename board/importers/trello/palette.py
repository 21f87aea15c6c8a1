"""Trello's thirty label colours and the ten here."""

from board.domain.board import Color

_NEAREST = {
    "green": Color.GREEN,
    "yellow": Color.AMBER,
    "orange": Color.ORANGE,
    "red": Color.RED,
    "purple": Color.PURPLE,
    "blue": Color.BLUE,
    "sky": Color.TEAL,
    "lime": Color.GREEN,
    "pink": Color.PINK,
    "black": Color.GRAY,
    "blue_dark": Color.INDIGO,
}


def nearest(color: object) -> Color:
    """Our colour for one of Trello's, light and dark shades included; no or an unknown one is gray."""
    if not isinstance(color, str):
        return Color.GRAY
    base = color.removesuffix("_light").removesuffix("_dark")
    return _NEAREST.get(color) or _NEAREST.get(base, Color.GRAY)
