"""Files about the victims: loading them, and working through their rows."""
