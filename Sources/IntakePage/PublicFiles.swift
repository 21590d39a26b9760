/// What every visit fetches, as it came.
struct PublicFiles {
    /// `GET /v1/directory`: a signed note.
    let directory: [UInt8]

    /// `GET /v1/tree`: the decision tree file.
    let tree: [UInt8]

    /// `GET /v1/challenge`: the hour, its challenge, the work asked.
    let challenge: [UInt8]

    /// `GET /v1/log/checkpoint`: a list of notes.
    let checkpoints: [UInt8]

    /// `GET /v1/log/{YYYY-MM}` of the month before.
    let lastMonth: [UInt8]

    /// `GET /v1/log/{YYYY-MM}` of this month.
    let thisMonth: [UInt8]
}
