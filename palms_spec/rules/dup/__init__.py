"""Samples that are there more than once."""
