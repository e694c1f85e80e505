"""What things are: exercises, poses, doses, plans, ratings, answers, actions. Values only."""
