"""A made-up ledger to look around in, read from made-up logs."""
