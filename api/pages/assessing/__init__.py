"""Where officers make financial assessments, and look at the estimates that people sent."""
