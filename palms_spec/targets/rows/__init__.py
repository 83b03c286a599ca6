"""Rows of training files, whoever wrote them, read as a target reads them."""
