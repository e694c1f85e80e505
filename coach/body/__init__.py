"""From joint angles to a drawable skeleton and to nerve and muscle lengths: numbers only."""
