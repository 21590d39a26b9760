/// The bytes of text that stands in the source.
public func ascii(_ text: StaticString) -> [UInt8] {
    text.withUTF8Buffer { buffer in [UInt8](buffer) }
}

/// `L("x")`: the ASCII of `sealedintake/v1/x`, with which everything signed or derived begins.
func label(_ name: StaticString) -> [UInt8] {
    ascii("sealedintake/v1/") + ascii(name)
}

/// `L("x") ‖ 00`, the head of a derivation or of signed bytes, and what follows.
func labelled(_ name: StaticString, _ rest: [UInt8] = []) -> [UInt8] {
    label(name) + [0] + rest
}
