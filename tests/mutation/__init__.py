"""Wrong exponents on purpose: how many would the tests notice? ``python -m tests.mutation``."""
