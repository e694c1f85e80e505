"""What is said, when, and whether it was heard."""
