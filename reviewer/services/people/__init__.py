"""The individuals of a case: proposals, the card of one, and what is done with them."""
