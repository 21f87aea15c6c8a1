"""A real-time task board: many people edit one board at once and nobody's edit is lost."""
