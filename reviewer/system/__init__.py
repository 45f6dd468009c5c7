"""The operating system: paths, files, clock, locks, logs, resources."""
