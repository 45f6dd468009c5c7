"""The window face."""
