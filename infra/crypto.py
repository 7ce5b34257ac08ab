"""Encryption of what concerns a person: AES-256-GCM (NIST SP 800-38D), one key per person, wrapped by a master key."""

import hashlib
import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.keywrap import InvalidUnwrap, aes_key_unwrap, aes_key_wrap

KEY_BYTES = 32
NONCE_BYTES = 12
"""Random per message; SP 800-38D, 8.2.2 allows 2^32 messages under one key."""


def new_key() -> bytes:
    """A fresh 256-bit key."""
    return os.urandom(KEY_BYTES)


def key_id(key: bytes) -> str:
    """Names a key without telling it: 16 hexadecimal digits of its SHA-256, under a label of its own."""
    return hashlib.sha256(b"intact key id\0" + key).hexdigest()[:16]


def wrap(master_key: bytes, key: bytes) -> bytes:
    """`key` encrypted with the master key (RFC 3394)."""
    return aes_key_wrap(master_key, key)


def unwrap(master_key: bytes, wrapped: bytes) -> bytes | None:
    """The key inside `wrapped`, or None where another master key wrapped it (RFC 3394 checks that)."""
    try:
        return aes_key_unwrap(master_key, wrapped)
    except InvalidUnwrap:
        return None


class Cipher:
    """Encrypts and decrypts with one key."""

    def __init__(self, key: bytes) -> None:
        self._aead = AESGCM(key)

    def encrypt(self, plaintext: bytes, context: bytes) -> bytes:
        """Nonce and ciphertext; `context` is bound to it and must be given again to decrypt."""
        nonce = os.urandom(NONCE_BYTES)
        return nonce + self._aead.encrypt(nonce, plaintext, context)

    def decrypt(self, ciphertext: bytes, context: bytes) -> bytes | None:
        """The plaintext, or None where key, context or ciphertext are not those that belong together."""
        try:
            return self._aead.decrypt(ciphertext[:NONCE_BYTES], ciphertext[NONCE_BYTES:], context)
        except InvalidTag:
            return None
