"""What a brand developer does with modules: write, check, publish, restore, copy, put away."""
