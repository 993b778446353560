"""YAML files as nodes that know their line and column, mistakes explained and read past."""

from tours.source.reader import MAX_BYTES, Source, read_source, read_source_line

__all__ = ["MAX_BYTES", "Source", "read_source", "read_source_line"]
