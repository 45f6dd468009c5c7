"""One module for each export format; `all_formats` lists them."""
