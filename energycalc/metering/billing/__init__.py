"""Bills and tables of months: days and calendar months with the same total."""
