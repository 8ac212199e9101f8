"""The words of the ledger: frozen values, standard library only, no I/O, no clock, no Qt."""
