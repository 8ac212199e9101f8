"""Qt without widgets: the open ledger, its threads, and what has changed."""
