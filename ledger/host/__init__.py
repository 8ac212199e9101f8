"""What this computer gives us: places, settings, secrets, token tables, logs."""
