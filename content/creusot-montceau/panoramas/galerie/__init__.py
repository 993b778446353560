"""A timbered mine gallery at a junction, drawn in code."""
