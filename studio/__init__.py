"""The pages on which a brand makes its library: modules, templates and versions, pictures, look, and rules."""
