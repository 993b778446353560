"""Other people's encoders and decoders, started safely."""
