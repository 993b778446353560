"""The glTF 2.0 document in memory: objects, arrays, measures, writer."""
