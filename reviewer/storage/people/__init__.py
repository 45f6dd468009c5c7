"""What the screens of individuals read: many rows at once."""
