"""Manifests, audits, and the form of a court pack."""
