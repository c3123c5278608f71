"""Svodka: who met whom, when, where and in what capacity, read from agencies' press releases."""

__version__ = "0.1.0"
