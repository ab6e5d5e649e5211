"""From time stamps as written to local clock times: forms, years of the Republic, offsets, and what is asked."""
