"""What iPhones and iPads get: a document as USDZ."""
