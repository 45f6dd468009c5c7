"""The reading screen: the photograph, what is found on it, and every key to say so."""
