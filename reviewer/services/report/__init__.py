"""Reports for a court: what was counted and what was seen of one person, as PDF/A and as one HTML file."""
