"""Pictures, panoramas, sounds, films and words: from what curators give to what phones play."""
