"""The family ACME: style."""
