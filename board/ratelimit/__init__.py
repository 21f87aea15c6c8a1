"""How often anybody may ask: sign-ins, requests, and events of sockets, counted for all processes together."""
