"""Near-duplicates: candidates, verification, and groups."""
