"""What people wrote down, as data with small loaders: the dictionary of the field's words."""
