"""The protocol's primitives, by their libsodium names (section 1)."""

import hashlib
import hmac

import nacl.bindings as sodium
import nacl.exceptions

from .refusal import Refused

#: A Curve25519 or Ed25519 key pair: public, secret.
KeyPair = tuple[bytes, bytes]


def label(name: str) -> bytes:
    """`L("x")`: the ASCII of `sealedintake/v1/x`."""
    return b"sealedintake/v1/" + name.encode("ascii")


def sha256(data: bytes) -> bytes:
    """SHA-256, 32 B."""
    return hashlib.sha256(data).digest()


def mac(key: bytes, message: bytes) -> bytes:
    """HMAC-SHA256, 32 B."""
    return hmac.new(key, message, hashlib.sha256).digest()


def hkdf(key: bytes, info: bytes) -> bytes:
    """HKDF-SHA256 with empty salt, 32 B out."""
    extracted = mac(b"\0" * 32, key)
    return mac(extracted, info + b"\x01")


def blake(key: bytes, message: bytes) -> bytes:
    """Keyed BLAKE2b, 32 B out."""
    return hashlib.blake2b(message, key=key, digest_size=32).digest()


def argon2id(password: bytes, salt: bytes, operations: int, memory: int) -> bytes:
    """Argon2id 1.3, 32 B out; `memory` in bytes."""
    return sodium.crypto_pwhash_alg(
        32, password, salt, operations, memory, sodium.crypto_pwhash_ALG_ARGON2ID13
    )


def box_pair(seed: bytes) -> KeyPair:
    """`crypto_box_seed_keypair`."""
    return sodium.crypto_box_seed_keypair(seed)


def sign_pair(seed: bytes) -> KeyPair:
    """`crypto_sign_seed_keypair`; the secret has 64 B."""
    return sodium.crypto_sign_seed_keypair(seed)


def seal(message: bytes, public: bytes) -> bytes:
    """`crypto_box_seal`: 48 B longer than the message."""
    return sodium.crypto_box_seal(message, public)


def unseal(sealed: bytes, pair: KeyPair) -> bytes | None:
    """`crypto_box_seal_open`, or nothing when it is not for this key."""
    try:
        return sodium.crypto_box_seal_open(sealed, pair[0], pair[1])
    except nacl.exceptions.CryptoError:
        return None


def sign(message: bytes, secret: bytes) -> bytes:
    """A detached Ed25519 signature, 64 B."""
    return sodium.crypto_sign(message, secret)[:64]


def verifies(message: bytes, signature: bytes, public: bytes) -> bool:
    """Whether the detached Ed25519 signature holds."""
    try:
        sodium.crypto_sign_open(signature + message, public)
    except nacl.exceptions.CryptoError:
        return False
    return True


def encrypt(key: bytes, plain: bytes, additional: bytes) -> bytes:
    """XChaCha20-Poly1305-IETF under the fixed nonce of 24 zero bytes."""
    return sodium.crypto_aead_xchacha20poly1305_ietf_encrypt(plain, additional, b"\0" * 24, key)


def decrypt(key: bytes, cipher: bytes, additional: bytes) -> bytes:
    """Opens what ``encrypt`` made, or refuses."""
    try:
        return sodium.crypto_aead_xchacha20poly1305_ietf_decrypt(
            cipher, additional, b"\0" * 24, key
        )
    except nacl.exceptions.CryptoError as error:
        raise Refused("body does not open") from error


def xor(left: bytes, right: bytes) -> bytes:
    """Byte by byte, both of one length."""
    return bytes(one ^ other for one, other in zip(left, right, strict=True))
