"""Who is who across releases: people, bodies, places and events."""
