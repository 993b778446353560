"""Changes to a document, one verb a file.

Each takes a document, changes it in place, and takes its options as one frozen
dataclass whose defaults are written out. The usual order: orient, solids, prune,
share_materials, weld, duplicates, winding, normals, join, weld, share_meshes, resample,
simplify, textures, quantize, reorder, compress, metadata.
"""
