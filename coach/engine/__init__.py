"""The session as one total step function over a small frozen state, and what surrounds it."""
