"""Media that the tests and the demo play."""
