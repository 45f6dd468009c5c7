"""What all examiners share, on disk."""
