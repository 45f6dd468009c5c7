"""From entries to state: applying one, replaying all, rebuilding to compare, an earlier moment."""
