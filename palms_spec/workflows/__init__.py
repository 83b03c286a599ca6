"""What a user wants done, as functions that neither print nor parse arguments."""
