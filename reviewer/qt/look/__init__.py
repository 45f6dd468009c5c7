"""How the window looks: theme, type, icons, and what a person set."""
