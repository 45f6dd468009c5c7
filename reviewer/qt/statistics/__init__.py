"""The statistics screen: what was counted, drawn, and the photographs behind each figure."""
