"""The individuals screen: everybody in a table, the card of one person, what does not fit together."""
