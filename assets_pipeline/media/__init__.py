"""Convert pictures, panoramas, sounds, films and captions to formats phones play."""
