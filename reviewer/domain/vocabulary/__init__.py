"""What can be said of a photograph: terms, regions, views, and how they are found by typing."""
