"""Coder App: code video of caregivers and infants, exact to the frame, and see how far observers agree."""

__version__ = "0.1.0"
