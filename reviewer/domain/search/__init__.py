"""The query language, saved lists, samples, and the order of a gallery."""
