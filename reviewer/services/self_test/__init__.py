"""Does this copy of the program work, on this machine: one module for each part that is tried."""
