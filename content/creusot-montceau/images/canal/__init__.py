"""The canal, from the Loire to the Saône, and how a lock lifts a boat."""
