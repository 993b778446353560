"""Our image tracker against its peers, on the same rendered frames in the same run."""
