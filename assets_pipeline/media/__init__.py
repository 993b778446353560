"""Pictures, panoramas, audio, video, captions and speech in the formats phones play."""
