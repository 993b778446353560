"""The map of a tour: projection, layout, captions, and export as GPX and GeoJSON."""
