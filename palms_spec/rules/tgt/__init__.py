"""Rows of training files, and datasets, that a fine-tuning target would not take, or would take amiss."""
