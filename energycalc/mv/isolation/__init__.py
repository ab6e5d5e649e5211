"""Options A and B and the single machine: sampling, measured and estimated parameters, load states, pieces."""
