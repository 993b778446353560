"""Any source file to a document; one module a format family."""
