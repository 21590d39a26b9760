import SealedIntake

/// What the page itself says about where and from when it is, and what the device says of now.
struct Site {
    /// The deployment's host name, which is the log's name.
    let deployment: [UInt8]

    /// Whose signatures make a directory.
    let roots: Roots

    /// The decision tree that stands in the page: with another its answers would be misread.
    let treeDigest: Digest

    /// The page's language, BCP 47.
    let language: [UInt8]

    /// The serial of the directory that was in force when the page was made: an older one is not
    /// believed.
    let lowestSerial: UInt64

    /// The day on which the page was made: an earlier hour is not believed.
    let madeOn: Day

    /// The hour of the device's own clock, which is often simply wrong.
    let deviceHour: UInt32

    /// Takes the parts; nil where one is not in its form.
    init?(
        deployment: [UInt8],
        roots: [UInt8],
        tree: [UInt8],
        language: [UInt8],
        serial: [UInt8],
        madeOn: [UInt8],
        deviceHour: [UInt8]
    ) {
        guard Language.isValid(language), let roots = try? Roots(bytes: roots),
            let treeDigest = Hex.decode(tree).flatMap({ Digest(bytes: $0) }),
            let serial = Decimal.decode(serial), let madeOn = Day(text: madeOn),
            let deviceHour = Parts.number(in: deviceHour)
        else { return nil }
        self.deployment = deployment
        self.roots = roots
        self.treeDigest = treeDigest
        self.language = language
        lowestSerial = serial
        self.madeOn = madeOn
        self.deviceHour = deviceHour
    }
}
