"""The one window, what lives in it as long as a case is open, and what lies over its screens."""
