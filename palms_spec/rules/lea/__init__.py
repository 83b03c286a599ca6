"""Leakage: test material in training data."""
