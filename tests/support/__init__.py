"""What the tests of several rooms use: packages to copy, to break and to draw, and ways to run them."""
