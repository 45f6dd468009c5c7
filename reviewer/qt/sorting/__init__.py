"""The category gate: one photograph large, one key for what it is a photograph of."""
