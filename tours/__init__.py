"""The language of tours, not the tours: those are written in ``content/<museum>/``.

A museum keeps its own folder, in its own repository, under its own licence; this
package says what such a folder may hold, reads it, and compiles it to what a phone
is given. It imports nothing of ours.
"""
