"""The way into a case and out of it: start, passphrase, who reads, idle, leaving no traces."""
