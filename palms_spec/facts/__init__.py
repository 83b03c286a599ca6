"""What looking at one sample yields besides findings: shared features, totals and keys."""
