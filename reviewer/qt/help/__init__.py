"""Help in the window: the manual beside the screen, at the page of where one is."""
