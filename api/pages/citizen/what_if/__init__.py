"""Pages that show what might become of an account if something changed. Nothing that is answered is kept."""
