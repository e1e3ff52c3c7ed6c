"""What an agreement may be at most, and the names of what is wrong with one: for both processes."""

MAX_BYTES = 64 * 1024**2
"""The largest file."""

MAX_PAGES = 400

MAX_LETTERS = 50_000
"""The most signs on one page."""

MAX_PIXELS = 40_000_000
"""The most of one picture of a page."""

USUAL_WIDTH = 1600
"""In pixels: a page that is too high to be shown at this width is not taken."""

SIDE = 10_000
"""Boxes of signs are given in this many parts of a page's width and height."""


class Fault:
    """Why a PDF is not taken."""

    UNKNOWN = "unknown"
    PASSWORD = "password"
    DAMAGED = "damaged"
    TOO_MANY = "too-many"
    TOO_LARGE = "too-large"
