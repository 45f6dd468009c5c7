"""The settings: one page for each subject, with a case open and without one."""
