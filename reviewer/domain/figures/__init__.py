"""Figures that say what they rest on, plots of them, and the blocks of a report."""
