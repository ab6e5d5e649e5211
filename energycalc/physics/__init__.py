"""Laws that hold in any plant: compression of gases, electric power, rotation."""
