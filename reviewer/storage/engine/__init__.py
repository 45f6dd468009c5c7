"""The database itself: encryption, connections, tables, and the journal of its head."""
