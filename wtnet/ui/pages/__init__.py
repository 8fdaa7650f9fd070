"""Pages: one folder or module per file of /pages, of the same name."""
