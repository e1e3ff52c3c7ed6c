"""Inspect the agencies that hold a 287(g) agreement, on site and without any network."""

__version__ = "0.1.0"
