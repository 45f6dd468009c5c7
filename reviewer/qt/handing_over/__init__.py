"""Handing over: reports, exports, court packs, redacted copies, backups, and the list of what was made."""
