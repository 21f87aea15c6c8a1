"""Sign-in with an identity provider: a browser is sent there, and lands here again."""
