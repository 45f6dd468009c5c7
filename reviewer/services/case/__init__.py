"""An open case: making, opening, locking, writing, backing up, and the case at one moment."""
