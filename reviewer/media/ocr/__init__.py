"""Reading printed text on a card, in a confined process."""
