"""Which photographs are read, in which order, and what the people on them are called meanwhile."""
