"""What the program can do, for any face."""
