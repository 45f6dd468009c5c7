"""Photographs and the files they were found in: dates, tags, problems, areas to redact."""
