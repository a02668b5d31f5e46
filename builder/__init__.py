"""Normalised tables of news articles with their reader comments, built from raw text captures."""

from builder.core.version import __version__
from builder.dataset import open

__all__ = ["__version__", "open"]
