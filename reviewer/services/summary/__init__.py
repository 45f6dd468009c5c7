"""Summaries of individuals, and descriptions of their photographs, from the case."""
