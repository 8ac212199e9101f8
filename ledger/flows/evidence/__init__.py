"""What became of outputs: looks at logs and git, and what a card says of it."""
