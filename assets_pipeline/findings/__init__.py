"""The words of every finding about assets, codes A: severity, French and English."""
