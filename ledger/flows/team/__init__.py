"""Comparing as a team by files: open cards and the sealed sum."""
