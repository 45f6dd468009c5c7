"""The number cards: two passes by people, and what a machine reads afterwards."""
