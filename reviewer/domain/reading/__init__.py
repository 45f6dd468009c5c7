"""One examiner's judgement of one photograph, and how it was looked at."""
