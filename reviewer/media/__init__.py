"""Photographs: recognising, examining and decoding them, in processes of their own."""
