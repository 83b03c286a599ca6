"""Coverage: what a dataset promises against what it holds."""
