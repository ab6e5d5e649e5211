"""Heat through walls, from surfaces and openings, and into what is heated."""
