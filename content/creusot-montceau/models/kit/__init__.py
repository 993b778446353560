"""What every drawn model shares: solids, materials, weathering, the writer."""
