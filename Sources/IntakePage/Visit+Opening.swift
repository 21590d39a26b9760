import SealedIntake

extension Visit {
    /// Verifies all that is public; says the hour, what is closed, the number of shards, the
    /// newest day of the log, the server's day where the device's is far from it, and of each
    /// organisation id, name, what is shown of its signature
    /// and on which day it signed last.
    func open(_ files: PublicFiles) -> Outcome {
        guard let site else { return .refused(OpeningRefusal.notStarted) }
        do throws(OpeningRefusal) {
            let opened = try OpenedVisit(files: files, site: site)
            self.opened = opened
            tags = nil
            own = nil
            return .done(
                now(opened) + [Parts.number(opened.directory.shards)]
                    + [opened.log.newestDay?.text ?? [], opened.otherDay?.text ?? []]
                    + organisations(opened)
            )
        } catch {
            return .refused(error)
        }
    }

    /// Takes a newer challenge; says the hour and what is closed.
    func refresh(challenge: [UInt8]) -> Outcome {
        guard let opened else { return .refused(OpeningRefusal.notStarted) }
        do throws(OpeningRefusal) {
            try opened.refresh(challenge)
        } catch {
            return .refused(error)
        }
        return .done(now(opened))
    }

    /// What a stamp for an organisation is asked now: hour, challenge, tries.
    func asked(for organisation: [UInt8]) -> Outcome {
        guard let opened else { return .refused(OpeningRefusal.notStarted) }
        guard let id = OrganisationID(ascii: organisation), let tries = opened.tries(for: id) else {
            return .refused(SealRefusal.unknownOrganisation)
        }
        let challenge = opened.challenge
        return .done([
            Parts.number(challenge.hour), challenge.bytesToSolve, Parts.number(UInt32(tries)),
        ])
    }

    private func now(_ opened: OpenedVisit) -> [[UInt8]] {
        let challenge = opened.challenge
        return [
            Parts.number(challenge.hour),
            Parts.claim(challenge.isTextClosed),
            Parts.claim(challenge.arePiecesClosed),
        ]
    }

    private func organisations(_ opened: OpenedVisit) -> [[UInt8]] {
        let pairs = zip(opened.directory.organisations, opened.log.cosigned)
        return pairs.flatMap { organisation, cosigned in
            let isLess = (cosigned?.size ?? 0) < opened.log.acknowledged(by: organisation.id)
            let shown: Shown = isLess ? .less : cosigned == nil ? .nothing : .newest
            return [
                organisation.id.ascii, organisation.name, Parts.number(shown.rawValue),
                isLess ? [] : cosigned?.day.text ?? [],
            ]
        }
    }

    /// What is shown of an organisation's signature.
    private enum Shown: Int {
        /// It never signed.
        case nothing = 0
        /// What it signed last, as far as the log knows.
        case newest = 1
        /// Less than the log itself says that it signed.
        case less = 2
    }
}
