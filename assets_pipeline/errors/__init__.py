"""Exceptions of the pipeline, and the causes that they tell curators of."""
