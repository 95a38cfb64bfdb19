"""Letters on paper: what a statement says as a document, set in type, the same bytes whenever it is made again."""
