"""Forms for notebooks: state without widgets, widgets linked to it, and static tables for a reopened notebook."""
