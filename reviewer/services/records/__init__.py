"""Files of records: looked at, loaded whole, matched to individuals, verified."""
