"""What the program is set up with: settings, identity providers, its files, its logs."""
