"""Numbers about text, no verdicts."""
