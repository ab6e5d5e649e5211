"""Settings, schedules and specific consumption."""
