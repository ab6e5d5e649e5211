"""What the charts of a verification show, computed here so that the pages do no arithmetic."""
