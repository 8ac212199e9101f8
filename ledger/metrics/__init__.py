"""Pure functions from columns of numbers to figures that say how sure they are."""
