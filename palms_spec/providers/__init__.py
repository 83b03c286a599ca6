"""Clients of those who train models: one file a provider, all behind one protocol (`provider.py`)."""
