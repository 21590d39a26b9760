"""An independent reporter: the protocol, version 1, over PyNaCl, hashlib and hmac.

Written from the protocol's text and its vectors alone, sharing no line with the product, so that
the two can only agree when both follow the text. Section numbers are the protocol's.
"""
