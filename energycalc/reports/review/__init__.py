"""The review of a claim on one page: for a committee, a spreadsheet, a terminal and for machines."""
