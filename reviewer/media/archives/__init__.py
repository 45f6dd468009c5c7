"""What an archive lists, read in a confined process."""
