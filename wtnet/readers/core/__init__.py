"""What the readers share: text, grids, workbooks, XML, archives, and the rows they make."""
