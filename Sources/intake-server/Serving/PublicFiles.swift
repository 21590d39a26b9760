import IntakeStore
import NIOCore
import SealedIntake

/// What is public now, ready to be written to a connection.
struct PublicFiles: Sendable {
    /// Of the publication it was made from.
    let generation: Int64
    /// `/v1/directory`; nil without one.
    let directory: Resource?
    /// `/v1/log/checkpoint`.
    let checkpoints: Resource

    private let publication: Publication
    private let months: [Month: Resource]

    init(_ publication: Publication, today: Day) {
        self.publication = publication
        generation = publication.generation
        directory = publication.directory.map { Resource(Resource.plainText, $0.note.bytes) }
        checkpoints = Resource(Resource.binary, publication.checkpoints)
        var months: [Month: Resource] = [:]
        for month in publication.monthsWithLeaves {
            let bytes = publication.month(month, today: max(today, month.first)) ?? []
            months[month] = Resource(Resource.binary, HeldBytes(bytes))
        }
        self.months = months
    }

    /// `/v1/log/{YYYY-MM}`; nil for a month that has not begun.
    func month(_ month: Month, today: Day) -> Resource? {
        guard month <= today.month else { return nil }
        if let ready = months[month] { return ready }
        return publication.month(month, today: today).map { Resource(Resource.binary, $0) }
    }
}
