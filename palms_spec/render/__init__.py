"""One file an output format, and what they share."""
