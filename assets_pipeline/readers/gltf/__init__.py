"""GLB and glTF 2.0 files to a document."""
