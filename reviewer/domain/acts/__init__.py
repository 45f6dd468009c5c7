"""What each act of the ledger does, and how it stands in the body of an entry."""
