"""From samples to training files: records, line shapes, bytes, side files and the manifest."""
