"""Suppressions and the baseline: what is accepted, and whether that still holds."""
