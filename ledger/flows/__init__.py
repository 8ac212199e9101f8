"""The ways through the house: the window and the command line walk the same ones."""
