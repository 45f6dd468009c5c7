"""From a query to one SQL statement, and to the photographs it finds."""
