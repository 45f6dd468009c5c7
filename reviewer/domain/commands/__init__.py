"""From what a person wants to the act that will be sealed, or to a sentence that says why not."""
