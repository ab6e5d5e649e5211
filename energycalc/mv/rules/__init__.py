"""When data, model and saving suffice: rules as data, findings, signed decisions, plan, verdict."""
