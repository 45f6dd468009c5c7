"""Rows of evidence and the seals that bind them."""
