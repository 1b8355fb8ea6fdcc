"""The city whose list this is."""

DEFAULT_RADIUS_M = 2000
"""Metres around a point to look within, where nobody says how far."""
