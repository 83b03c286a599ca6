"""Map over shards, in this process or in several. It knows no rules."""
