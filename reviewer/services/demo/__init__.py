"""The demonstration collection, and the check of a copy of the program end to end."""
