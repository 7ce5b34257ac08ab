"""The door: HTTP, WebSockets and the command line; the composition root."""
