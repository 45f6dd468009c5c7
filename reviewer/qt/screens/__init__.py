"""The screens beside reading: start, ingest, problems, integrity."""
