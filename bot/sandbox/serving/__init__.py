"""HTTP and WebSockets: the server, and what the app reaches through it beside the Web API."""
