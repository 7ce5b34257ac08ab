"""RFC 7396 merge patches, as a reader applies them: section 2, word for word."""

from typing import Any


def patched(target: Any, patch: Any) -> Any:
    """`target` with an RFC 7396 merge patch applied."""
    if not isinstance(patch, dict):
        return patch
    result = dict(target) if isinstance(target, dict) else {}
    for name, value in patch.items():
        if value is None:
            result.pop(name, None)
        else:
            result[name] = patched(result.get(name), value)
    return result
