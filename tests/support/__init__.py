"""What the tests of several rooms use: packages to copy, break and draw, and ways to run them."""
