"""What the gallery shows, kept up with what is saved."""
