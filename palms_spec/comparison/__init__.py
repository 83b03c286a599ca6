"""Two versions of documents as typed changes."""
