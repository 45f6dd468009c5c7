"""What belongs to a person's account and to no case: comfort, presets, own tags, recent cases."""
