"""Write USDZ packages for Quick Look on iPhones and iPads."""
