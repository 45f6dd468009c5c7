"""Photographs side by side: linked zoom, flicker, difference."""
