"""What several technologies of a family share: machines as they are read, tables, profiles, heat balances."""
