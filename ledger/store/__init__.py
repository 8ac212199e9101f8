"""The ledger file: the only door to sqlite_utils."""
