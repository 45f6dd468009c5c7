"""Every figure of a Case, counted in one place."""
