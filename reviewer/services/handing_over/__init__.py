"""What is handed over: what it will be before it is made, and whether it still is what was made."""
