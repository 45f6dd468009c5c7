"""The chain of entries: what an entry is, how it is sealed and checked, and the receipt of it."""
