"""A desktop program to read large photograph collections and keep every finding."""

__version__ = "0.1.0"
