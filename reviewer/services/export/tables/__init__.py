"""The tables of the exports: their columns, and the rows that fill them."""
