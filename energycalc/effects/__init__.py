"""The verbs: energy before and after, what measures leave for each other, emissions, money, oil, balance."""
