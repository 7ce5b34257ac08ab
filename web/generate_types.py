"""Writes `core/wire.generated.ts` from the messages in `schemas`; with `--check`, tells whether it is stale."""

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

from pydantic.json_schema import models_json_schema

from schemas import job, sheet, transcript, views, wire

HERE = Path(__file__).resolve().parent
TARGET = HERE / "core" / "wire.generated.ts"
BANNER = "// Written by `npm run types` from schemas/wire.py and its neighbours; do not edit."
NOISE = re.compile(
    r"/\*\*\n \* This interface was referenced by .*\n \* via the `definition` .*\n \*/\n"
    r"| \*\n \* This interface was referenced by .*\n \* via the `definition` .*\n"
)
"""What json2ts says of where it found a definition."""

MODELS = [
    wire.Problem,
    job.JobGroupNames,
    transcript.AnswersResponse,
    wire.CreateInterviewRequest,
    wire.InterviewCreatedResponse,
    wire.JoinRequest,
    wire.JoinResponse,
    wire.ConsentRequest,
    wire.WithdrawRequest,
    views.InterviewSummary,
    sheet.SignalEntry,
    sheet.SignalsResponse,
    sheet.ProfileRules,
]
UNIONS = {
    "ClientSignal": wire.client_signal_adapter,
    "ServerSignal": wire.server_signal_adapter,
    "ScreenMessage": wire.screen_message_adapter,
    "ReplayCommand": wire.replay_command_adapter,
    "ReplayMessage": wire.replay_message_adapter,
}


def schema() -> dict[str, Any]:
    """One JSON schema with a definition per message."""
    _, whole = models_json_schema([(model, "serialization") for model in MODELS], ref_template="#/$defs/{model}")
    defs: dict[str, Any] = whole["$defs"]
    for name, adapter in UNIONS.items():
        union = adapter.json_schema(mode="serialization", ref_template="#/$defs/{model}")
        defs.update(union.pop("$defs"))
        defs[name] = {"oneOf": union["oneOf"]}
    plain = {name: _plain(definition, name) for name, definition in sorted(defs.items())}
    return {"$defs": plain, "type": "object", "additionalProperties": False}


def _plain(node: Any, name: str | None = None) -> Any:
    """`node` as json2ts reads it best: titles only on definitions, tuples in the older form, no length limits.

    What is None by default may be left out by either side, so it is optional.
    """
    if isinstance(node, list):
        return [_plain(item) for item in node]
    if not isinstance(node, dict):
        return node
    kept = {key: value for key, value in node.items() if key not in ("title", "discriminator", "maxLength")}
    if "prefixItems" in kept:
        kept["items"] = kept.pop("prefixItems")
    if "properties" in kept:
        properties: dict[str, Any] = kept["properties"]
        kept["required"] = [key for key, value in properties.items() if value.get("default", "") is not None]
        kept["properties"] = {key: _plain(value) for key, value in properties.items()}
    else:
        kept = {key: _plain(value) for key, value in kept.items()}
    return {"title": name, **kept} if name else kept


def render() -> str:
    """The TypeScript text."""
    done = subprocess.run(
        [
            "node_modules/.bin/json2ts",
            "--unreachableDefinitions",
            "--no-additionalProperties",
            "--bannerComment",
            BANNER,
        ],
        input=json.dumps(schema()),
        capture_output=True,
        text=True,
        check=True,
        cwd=HERE,
    )
    return NOISE.sub("", done.stdout)


def main() -> int:
    """The exit status."""
    text = render()
    if "--check" in sys.argv[1:]:
        if TARGET.exists() and TARGET.read_text() == text:
            return 0
        print("core/wire.generated.ts is stale: run `npm run types`", file=sys.stderr)
        return 1
    TARGET.write_text(text)
    return 0


if __name__ == "__main__":
    sys.exit(main())
