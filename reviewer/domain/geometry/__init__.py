"""Points, shapes and measures on a photograph, in its recorded pixels."""
