extension String {
    /// UTF-8 that our own code made, or that a checked format holds.
    ///
    /// The one way from bytes to text; what is not UTF-8 becomes U+FFFD. What people wrote goes
    /// through a console's `Printable` before anybody sees it.
    public init(utf8 bytes: some Collection<UInt8>) {
        self.init(decoding: bytes, as: UTF8.self)
    }
}

extension Day {
    /// YYYY-MM-DD.
    public var description: String { String(utf8: text) }
}

extension Month {
    /// YYYY-MM.
    public var description: String { String(utf8: text) }
}
