"""Files of records about people: tables, columns, dates, and whom a row speaks of."""
