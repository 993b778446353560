"""Optimize one model without a museum: to a GLB, its LODs and its USDZ."""
