"""Old lock IX of the canal du Centre in Écuisses, drawn in code."""
