"""Enhancement of a view: pure functions from pixels and whole numbers to pixels."""
