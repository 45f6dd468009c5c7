"""Finding photographs by a query, why each is found, and drawing samples."""
