"""Arrays in, observations out: no asyncio, no Ray, no log. One file per thing that is seen or heard."""
