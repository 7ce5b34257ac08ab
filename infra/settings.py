"""Everything that can be set from outside, read once from `INTACT_*`; nothing else reads the environment."""

import base64
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from infra.master_keys import MasterKeys
from schemas.errors import Misconfigured

KEY_BYTES = 32
"""Length of every secret key: AES-256 and HMAC-SHA-256."""

EVERY_ADDRESS = ("0.0.0.0", "::")  # noqa: S104  # named here to be told from an address that a browser can open
URL_SAFE = str.maketrans("-_", "+/")
"""Keys may be written in either alphabet of base64 (RFC 4648)."""


class IceServerSetting(BaseModel):
    """A STUN or TURN server for the browsers."""

    urls: list[str]
    username: str | None = None
    credential: str | None = None


class Settings(BaseSettings):
    """Frozen; `Settings.load()` is the way to get it."""

    model_config = SettingsConfigDict(env_prefix="INTACT_", frozen=True, extra="ignore", env_ignore_empty=True)

    host: str = "127.0.0.1"
    port: Annotated[int, Field(ge=1, le=65535)] = 8000
    public_url: str = ""
    """Where browsers reach the server; `http://<host>:<port>` where empty, with `localhost` for all addresses."""
    data: Path = Path("var")
    """Folder of the embedded parts: database, bus, keys, logs of processes."""

    database_url: str | None = None
    """An existing PostgreSQL; embedded where absent."""
    nats_url: str | None = None
    """An existing NATS with JetStream; embedded where absent."""
    ray_address: str | None = None
    """An existing Ray cluster; embedded where absent."""
    nats_server: Path | None = None
    """The nats-server binary for the embedded bus; looked for where absent."""

    master_key: SecretStr = SecretStr("")
    """Base64 of 32 bytes; wraps the keys of persons. Made once and kept in `data` by an embedded server."""
    previous_master_keys: SecretStr = SecretStr("")
    """Further master keys that may have wrapped the key of a person, separated by commas."""
    master_key_file: Path | None = None
    """A file with `master_key` in its first line and previous ones below, where they are not given as such."""
    link_key: SecretStr = SecretStr("")
    """Base64 of 32 bytes; signs links. Made like `master_key`."""
    host_key: SecretStr = SecretStr("")
    """Opens the host's page. Made like `master_key`."""
    link_ttl: Annotated[int, Field(ge=60)] = 7 * 24 * 3600
    """Seconds for which a link is good."""

    blobs: Path | None = None
    """Folder of what is too large for the log, encrypted; `blobs` in `data` where absent."""

    ice_servers: list[IceServerSetting] = []
    """JSON list of STUN and TURN servers."""
    catalogue: Path | None = None
    """Folder of job groups of one's own, beside those that come with Intact."""
    whisper: Path | None = None
    """Folder of a Whisper model (`intact models pull`); PocketSphinx hears where absent."""
    answer_pause: Annotated[float, Field(ge=1, le=30)] = 3.0
    """Seconds without speech that end an answer; half as long again where more is to be expected."""
    enhancement: bool = False
    """Whether noise is taken from a voice before it is measured, by a network whose terms allow research alone. It
    helps in noise and costs a little where there is none (`bench/results/enhancement.md`)."""
    live_signal_hz: Annotated[float, Field(gt=0, le=30)] = 5.0
    """Live signals per second and participant."""

    @classmethod
    def load(cls) -> "Settings":
        """Settings from the environment. Raises `Misconfigured`, naming the variables and never their values."""
        try:
            return cls()
        except ValidationError as error:
            found = "; ".join(
                f"INTACT_{'_'.join(map(str, item['loc'])).upper()}: {item['msg']}" for item in error.errors()
            )
            raise Misconfigured(f"The settings are not as expected: {found}.") from None
        except ValueError as error:  # pydantic-settings: a value that should be JSON is none
            raise Misconfigured(f"The settings are not as expected: {error}.") from None

    @property
    def url(self) -> str:
        """Where browsers reach the server, without a slash at the end."""
        return (self.public_url or f"http://{self._reachable_host()}:{self.port}").rstrip("/")

    def _reachable_host(self) -> str:
        if self.host in EVERY_ADDRESS:
            return "localhost"
        return f"[{self.host}]" if ":" in self.host else self.host

    def database(self) -> str:
        """The PostgreSQL to use. Raises `Misconfigured` where none is set."""
        return _required("INTACT_DATABASE_URL", self.database_url)

    def nats(self) -> str:
        """The NATS to use. Raises `Misconfigured` where none is set."""
        return _required("INTACT_NATS_URL", self.nats_url)

    def ray(self) -> str:
        """The Ray cluster to use. Raises `Misconfigured` where none is set."""
        return _required("INTACT_RAY_ADDRESS", self.ray_address)

    def master_keys(self) -> MasterKeys:
        """The keys that wrap the keys of persons. Raises `Misconfigured`."""
        return MasterKeys(self._read_master_keys)

    def _read_master_keys(self) -> list[bytes]:
        if self.master_key_file is None or self.master_key.get_secret_value():
            further = [text for text in self.previous_master_keys.get_secret_value().split(",") if text.strip()]
            return [
                _key("INTACT_MASTER_KEY", self.master_key.get_secret_value()),
                *(_key("INTACT_PREVIOUS_MASTER_KEYS", text.strip()) for text in further),
            ]
        try:
            lines = self.master_key_file.read_text().split()
        except (OSError, UnicodeDecodeError):
            lines = []
        if not lines:
            raise Misconfigured(f"Expected the master key in {self.master_key_file}, it cannot be read.")
        return [_key(f"a line of {self.master_key_file}", line) for line in lines]

    def blob_folder(self) -> Path:
        """Where blobs are kept."""
        return (self.blobs or self.data / "blobs").absolute()

    def link_key_bytes(self) -> bytes:
        """The key that signs links, 32 bytes. Raises `Misconfigured`."""
        return _key("INTACT_LINK_KEY", self.link_key.get_secret_value())


def _required(name: str, value: str | None) -> str:
    if not value:
        raise Misconfigured(f"Expected {name} to be set, got nothing; `intact serve` sets it for embedded parts.")
    return value


def _key(name: str, value: str) -> bytes:
    try:
        key = base64.b64decode(value.translate(URL_SAFE), validate=True)
    except ValueError:  # no base64, or not even ASCII
        key = b""
    if len(key) != KEY_BYTES:
        raise Misconfigured(f"Expected {name} to be base64 of {KEY_BYTES} bytes, got something else.")
    return key
