"""Is everything still what was ingested: originals, manifests, the ledger, problem files."""
