"""From the bytes of a file to a picture, with everything that is wrong with it told."""
