"""Searching from anywhere in the window: the query line, and what becomes of what it finds."""
