import CSodium

/// Base64 of RFC 4648 section 4, padded, and in one way only: what decodes encodes to the same.
public enum Base64 {
    /// ASCII of `bytes`.
    public static func encode(_ bytes: [UInt8]) -> [UInt8] {
        let length = sodium_base64_encoded_len(bytes.count, sodium_base64_VARIANT_ORIGINAL)
        var out = [CChar](repeating: 0, count: length)
        sodium_bin2base64(&out, length, bytes, bytes.count, sodium_base64_VARIANT_ORIGINAL)
        return out.dropLast().map { UInt8(bitPattern: $0) }
    }

    /// The bytes that `text` stands for, or nil when it is not canonical.
    public static func decode(_ text: [UInt8]) -> [UInt8]? {
        var out = [UInt8](repeating: 0, count: text.count)
        var length = 0
        let status = text.map { CChar(bitPattern: $0) }.withUnsafeBufferPointer { text in
            sodium_base642bin(
                &out,
                out.count,
                text.baseAddress,
                text.count,
                nil,
                &length,
                nil,
                sodium_base64_VARIANT_ORIGINAL
            )
        }
        guard status == 0 else { return nil }
        let bytes = [UInt8](out.prefix(length))
        return encode(bytes) == text ? bytes : nil
    }
}

/// Lower-case hexadecimal.
public enum Hex {
    /// ASCII of `bytes`.
    public static func encode(_ bytes: [UInt8]) -> [UInt8] {
        let length = bytes.count * 2 + 1
        var out = [CChar](repeating: 0, count: length)
        sodium_bin2hex(&out, length, bytes, bytes.count)
        return out.dropLast().map { UInt8(bitPattern: $0) }
    }

    /// The bytes that `text` stands for, or nil when it is not lower-case hexadecimal.
    public static func decode(_ text: [UInt8]) -> [UInt8]? {
        var out = [UInt8](repeating: 0, count: text.count / 2)
        var length = 0
        let status = text.map { CChar(bitPattern: $0) }.withUnsafeBufferPointer { text in
            sodium_hex2bin(
                &out,
                out.count,
                text.baseAddress,
                text.count,
                nil,
                &length,
                nil
            )
        }
        guard status == 0, length * 2 == text.count else { return nil }
        return encode(out) == text ? out : nil
    }
}
