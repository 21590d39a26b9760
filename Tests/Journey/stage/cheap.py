"""Wraps anew what lies under a passphrase: nothing of a test is secret, and a day has many commands."""

import os
from collections.abc import Callable

import nacl.bindings as sodium
from reporter.codec import u64
from reporter.primitives import argon2id

#: Passes and bytes of Argon2id: the least that libsodium takes.
LEAST = 1, 8192
_NONCE = 24


def wrapped_cheaply(
    wrapped: bytes,
    passphrase: str,
    salt: bytes,
    cost: tuple[int, int],
    place: Callable[[bytes], bytes],
    renewed: str | None = None,
) -> bytes:
    """The same at the least cost, or under a `renewed` passphrase; `place` is told the cost's bytes."""

    def key(cost: tuple[int, int], passphrase: str) -> tuple[bytes, bytes]:
        return place(u64(cost[0]) + u64(cost[1])), argon2id(passphrase.encode(), salt, *cost)

    where, secret = key(cost, passphrase)
    found = sodium.crypto_aead_xchacha20poly1305_ietf_decrypt(
        wrapped[_NONCE:], where, wrapped[:_NONCE], secret
    )
    nonce = os.urandom(_NONCE)
    where, secret = key(LEAST, passphrase if renewed is None else renewed)
    return nonce + sodium.crypto_aead_xchacha20poly1305_ietf_encrypt(found, where, nonce, secret)
