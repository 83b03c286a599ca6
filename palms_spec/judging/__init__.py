"""Reviews by people and by models: what is open, and how a verdict is put on record."""
