"""What the project measures about itself: figures and ratios of one run on one machine."""
