"""The pages about money: a sheet, two figures, a block of results.json."""
