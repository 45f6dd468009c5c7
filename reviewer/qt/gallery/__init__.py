"""The gallery: small pictures of a whole list, of which only those in view exist."""
