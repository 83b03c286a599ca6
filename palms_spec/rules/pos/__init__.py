"""Positions: what samples say they serve."""
