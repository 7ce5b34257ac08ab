"""What an interviewer may do after an answer: kinds of move that all jobs share; a keyword tree gives them words."""

from typing import Literal, get_args

Move = Literal[
    "probe-situation",
    "probe-task",
    "probe-action",
    "probe-result",
    "ask-own-part",
    "ask-number",
    "deepen",
    "contrast",
    "clarify",
    "next-topic",
    "close",
]
"""When each is right, stands in docs/how-to/write-an-interview.md."""

MOVES: tuple[Move, ...] = get_args(Move)
"""In the order of the network's output."""
