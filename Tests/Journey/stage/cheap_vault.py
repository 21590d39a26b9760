"""Makes a test's vault cheap to open: nothing in it is secret, and a desk's day has many commands."""

import os
import sqlite3
import struct
from contextlib import closing
from pathlib import Path

import nacl.bindings as sodium
from reporter.primitives import argon2id

#: Passes and bytes of Argon2id: the least that libsodium takes.
_LEAST = 1, 8192
_NONCE = 24


def _place(salt: bytes, operations: int, memory: int) -> bytes:
    """What the master key under the passphrase is bound to (`VaultHeader`)."""
    return b"sealedintake/v1/vault-master\0" + struct.pack(">Q", 1) + salt + struct.pack(
        ">QQ", operations, memory
    )


def cheapen(vault: Path, passphrase: str) -> None:
    """Wraps a vault's master key anew, under the same passphrase at the least cost."""
    with closing(sqlite3.connect(vault)) as file, file:
        row = "SELECT salt, operations, memory, master FROM vault"
        salt, operations, memory, wrapped = file.execute(row).fetchone()
        key = argon2id(passphrase.encode(), salt, operations, memory)
        master = sodium.crypto_aead_xchacha20poly1305_ietf_decrypt(
            wrapped[_NONCE:], _place(salt, operations, memory), wrapped[:_NONCE], key
        )
        nonce = os.urandom(_NONCE)
        again = nonce + sodium.crypto_aead_xchacha20poly1305_ietf_encrypt(
            master, _place(salt, *_LEAST), nonce, argon2id(passphrase.encode(), salt, *_LEAST)
        )
        file.execute("UPDATE vault SET operations = ?, memory = ?, master = ?", (*_LEAST, again))
