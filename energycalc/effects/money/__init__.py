"""Money of measures: tariff tiers, demand charge, gas, flows, payback, present value, rate of return, cost curve."""
