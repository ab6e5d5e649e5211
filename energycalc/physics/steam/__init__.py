"""Steam and hot water."""
