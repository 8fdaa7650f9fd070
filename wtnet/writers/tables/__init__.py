"""Tables that leave: workbooks, CSV files, the blank template, a partner's own extract."""
