import Foundation
import SealedIntake
import Testing

@testable import IntakeDesk

/// Whom an alarm blames.
@Suite struct AlarmTextTests {
    @Test(arguments: [
        Alarm.acknowledgementFell(size: 4, before: 9, leaf: 12),
        .acknowledgementNotGiven(size: 9, leaf: 12),
        .sentWithheld(count: 2, size: 9, leaf: 12),
        .replySwapped(number: 3, leaf: 12),
        .withdrawalNotAsked(leaf: 12),
    ])
    func `what a second copy of the vault does as well is told so, before the server is blamed`(
        alarm: Alarm
    ) throws {
        let text = alarm.text
        let copy = try #require(text.range(of: "A second copy of this vault does the same"))
        let server = try #require(text.range(of: "nobody but the server can have done this"))
        #expect(copy.lowerBound < server.lowerBound)
    }

    @Test func `what no copy of a vault can do is told of the server alone`() {
        let proof = Alarm.contradiction(file: "a", older: 1, newer: 2).text
        #expect(proof.contains("Nobody but the server") && !proof.contains("copy of this vault"))
        #expect(!Alarm.directoryRefused(serial: 2, leaf: 1).text.contains("copy of this vault"))
    }
}
