"""What a learning city is: the standard, the award criteria and rules, the vocabulary."""
