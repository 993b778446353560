"""Changes to a document, one verb a file.

Each takes a document, changes it in place, and takes its options as one frozen
dataclass whose defaults are written out. The usual order: orient, metal_rough, solids, opaque,
prune, share_materials, weld, duplicates, winding, normals, share_meshes (what repeats a
lot), join, weld, share_meshes, resample, simplify, textures, quantize, instance,
reorder, compress, metadata.
"""
