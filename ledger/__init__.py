"""A private ledger of one person's AI use: what was asked, what it cost, what was kept."""

__version__ = "0.1.0"
