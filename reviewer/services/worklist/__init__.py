"""The photographs to be read, in order, grouped by individual and named neutrally."""
