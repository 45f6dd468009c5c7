"""The individuals: what is stated of them, how they are proposed, and what does not fit."""
