"""What an action is, and how keys and the window reach it; each stands beside its screen."""
