"""Documents: what can be read, and has the structure of its kind."""
