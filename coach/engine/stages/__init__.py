"""What each stage of a session does with each input; ``step`` chooses the stage."""
