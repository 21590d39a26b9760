import SealedIntake

extension Visit {
    /// Verifies all that is public; says the hour, what is closed, the number of shards, and of
    /// each organisation id, name, whether it ever cosigned and on which day it did last.
    func open(_ files: PublicFiles) -> Outcome {
        guard let site else { return .refused(OpeningRefusal.notStarted) }
        do throws(OpeningRefusal) {
            let opened = try OpenedVisit(files: files, site: site)
            self.opened = opened
            tags = nil
            return .done(
                now(opened) + [Parts.number(opened.directory.shards)]
                    + organisations(opened)
            )
        } catch {
            return .refused(error)
        }
    }

    /// Takes a newer challenge; says the hour and what is closed.
    func refresh(challenge: [UInt8]) -> Outcome {
        guard var opened else { return .refused(OpeningRefusal.notStarted) }
        do throws(OpeningRefusal) {
            try opened.refresh(challenge)
        } catch {
            return .refused(error)
        }
        self.opened = opened
        return .done(now(opened))
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
            [
                organisation.id.ascii, organisation.name, Parts.claim(cosigned != nil),
                cosigned?.day.text ?? [],
            ]
        }
    }
}
