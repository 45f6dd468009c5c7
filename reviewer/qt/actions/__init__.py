"""Everything a person can trigger, as data, and the views of that one list."""
