"""What the figures say: the headline, findings, changes, goals and charts."""
