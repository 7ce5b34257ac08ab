"""As much of the Hugging Face hub as it takes to give out a model, on loopback."""

import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

COMMIT = "c" * 40


def _handler(files: dict[str, bytes], named: dict[str, str]) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_HEAD(self) -> None:
            self._answer(body=False)

        def do_GET(self) -> None:
            self._answer(body=True)

        def _answer(self, *, body: bool) -> None:
            path = self.path.split("?")[0]
            if path.startswith("/api/models/"):
                content, tag = (_tree if "/tree/" in path else _listing)(files, named), "list"
            elif (file := path.rpartition("/")[2]) in files:
                content, tag = files[file], named[file]
            else:
                self.send_error(404)
                return
            self.send_response(200)
            self.send_header("Content-Length", str(len(content)))
            self.send_header("ETag", f'"{tag}"')
            self.send_header("X-Repo-Commit", COMMIT)
            self.end_headers()
            if body:
                self.wfile.write(content)

        def log_message(self, format: str, *arguments: object) -> None:
            """Say nothing."""

    return Handler


def _listing(files: dict[str, bytes], named: dict[str, str]) -> bytes:
    """What a repository holds."""
    siblings = [
        {"rfilename": file, "size": len(data), "lfs": {"sha256": named[file], "size": len(data), "pointerSize": 1}}
        for file, data in files.items()
    ]
    return json.dumps({"id": "a/model", "sha": COMMIT, "siblings": siblings}).encode()


def _tree(files: dict[str, bytes], named: dict[str, str]) -> bytes:
    """The same, as it is asked for when a model is fetched."""
    entries = [{"type": "file", "path": file, "size": len(data), "oid": named[file]} for file, data in files.items()]
    return json.dumps(entries).encode()


@contextmanager
def hub(files: dict[str, bytes], altered: str | None = None) -> Iterator[str]:
    """The address of a hub that has these files; of `altered` it names a checksum that is not the file's."""
    named = {file: hashlib.sha256(data).hexdigest() for file, data in files.items()}
    if altered is not None:
        named[altered] = "0" * 64
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(files, named))
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
