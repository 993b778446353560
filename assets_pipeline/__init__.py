"""Make files for phones: from a museum's sources to what each phone can show."""
