"""Photographs, the files they were found in, and when they were taken."""
