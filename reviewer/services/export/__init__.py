"""What leaves the Case: files in open formats, each documented, each noted in the ledger."""
