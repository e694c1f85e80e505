"""Taking the record away, in every format."""
