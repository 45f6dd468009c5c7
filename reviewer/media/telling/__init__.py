"""Telling what a content is by its bytes, for all that is no photograph. Runs in the worker process only."""
