"""The engraved plate of the hammer: the machine seen, its tones, its lines."""
