"""Changes between two versions, as `palms diff` sees them."""
