"""How long a test waits for what is to come: only what hangs takes longer, on a loaded machine too."""

PATIENCE = 120.0
"""Seconds. A test that passes waits for the event, never for this time; `tests/architecture` keeps to it."""
