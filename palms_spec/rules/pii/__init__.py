"""Personal data and secrets in samples."""
