"""Bringing the photographs of a Source into the Case."""
