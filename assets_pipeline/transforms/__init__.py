"""Transforms of a document, one verb a file, named as in glTF-Transform.

Each takes a document, changes it in place, and takes its options as one frozen
dataclass whose defaults are written out. The usual order is that of `orient` when a file
is read, then of ``clean`` and ``lightened`` (assets_pipeline/models/make_model.py), then of
``Workshop`` (assets_pipeline/lod/settings.py).
"""
