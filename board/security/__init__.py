"""What the server keeps safe: passwords, access tokens, signed links, files that only their owner reads."""
