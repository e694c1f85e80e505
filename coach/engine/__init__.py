"""One session as a total step function, and the record folded from the same inputs."""
