"""Compiles pictures to be recognised by phones, and says how well they will be.

All recognition is the tracker's own WebAssembly, the very file that phones run.
"""
