"""Characters that stand in a text by accident."""
