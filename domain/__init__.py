"""What the law makes of the facts: pure rules, beside the Act they follow."""
