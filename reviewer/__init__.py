"""A desktop program to read large photograph collections and keep every finding."""

__version__ = "0.2.0"
