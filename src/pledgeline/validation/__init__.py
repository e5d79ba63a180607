"""A data package validated: its descriptor, its files, its rows, and what the report says of them."""
