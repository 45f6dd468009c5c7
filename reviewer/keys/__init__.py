"""Passphrases, the key of a Case, the keys examiners sign with. Nothing else knows cryptography."""
