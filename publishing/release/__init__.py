"""A release: drafted, planned, written to disk whole, checked, compared and rolled back."""
