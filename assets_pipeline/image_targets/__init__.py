"""Compile image targets, and forecast how well phones recognise them.

All recognition is the tracker's own WebAssembly, the very file that phones run.
"""
