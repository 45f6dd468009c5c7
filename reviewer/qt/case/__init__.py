"""The screens about the case itself: ingest, access, integrity, problems."""
