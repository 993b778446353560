"""Reader of GLB and glTF 2.0 files."""
