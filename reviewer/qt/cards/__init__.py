"""The card desk: number cards, large, beside the fields they are typed into."""
