"""What catalogues and citation tools want to know of a package, in their own words, all made from the one descriptor."""
