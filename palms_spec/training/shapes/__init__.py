"""One emitter a line shape: from a record to the row that stands for it."""
