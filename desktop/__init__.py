"""Viewfinder: drop a screenshot on the window, ask, and read the streamed answer."""

__version__ = "0.1.0"
