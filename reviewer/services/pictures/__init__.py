"""Pictures for the screen and for copies: decoded, enhanced, compared, redacted."""
