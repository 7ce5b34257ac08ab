"""The models that Intact may load: what they are, and whether they are whole."""
