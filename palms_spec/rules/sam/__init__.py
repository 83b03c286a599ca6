"""Samples, one by one."""
