"""One file per format of what leaves the program: the review, the rows, the team file."""
