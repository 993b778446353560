"""Whether a glTF file keeps its standard: what readers may mend, and exporters should."""
