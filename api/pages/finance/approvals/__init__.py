"""What one person recorded and another has to approve."""
