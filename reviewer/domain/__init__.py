"""What the program is about, in plain Python: no file, no database, no window is known here."""
