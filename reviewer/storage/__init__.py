"""The case on disk: the ledger and the tables that follow from it."""
