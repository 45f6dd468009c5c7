"""The photograph on screen: looking at it and drawing on it."""
