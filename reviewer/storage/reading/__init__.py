"""Readings on disk: findings, coverage, measurements, descriptions."""
