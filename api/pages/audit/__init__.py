"""Pages for the auditor, who reads everything under references and writes nothing."""
