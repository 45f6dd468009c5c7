"""The vocabulary and the body maps of the program, loaded and checked once."""
