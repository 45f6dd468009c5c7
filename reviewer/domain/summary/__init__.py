"""What the readings of one individual's photographs add up to (docs/rules.md)."""
