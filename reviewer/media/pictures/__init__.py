"""Pictures made from pictures: enhanced, marked, redacted."""
