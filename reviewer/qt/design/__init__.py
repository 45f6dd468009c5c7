"""The design system on one page: what every screen is made of, for those who build them."""
