"""Raster images: safe decoding, header sizes, colour spaces, photographs."""
