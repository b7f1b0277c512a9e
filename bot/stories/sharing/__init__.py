"""What was signed off goes out, stays right, and comes back."""
