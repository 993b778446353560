"""The plan of lock IX: its figures, its views, and what frames them."""
