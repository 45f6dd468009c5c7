"""Photographs of the demonstration, drawn."""
