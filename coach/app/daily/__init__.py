"""From one day to the next: what today's session is, and what is asked between two."""
