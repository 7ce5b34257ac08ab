"""`intact keys …`. What a command needs is imported when it runs."""

import asyncio

import typer

keys_app = typer.Typer(help="The keys that keep the record private.", no_args_is_help=True)


@keys_app.callback()
def keys() -> None:
    """The keys that keep the record private."""


@keys_app.command()
def rotate() -> None:
    """Put the keys of all persons under another master key; the server may run meanwhile."""
    from api.keys.command import rotate_keys

    asyncio.run(rotate_keys())
