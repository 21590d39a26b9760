#if arch(wasm32)

import SealedIntake

/// The one visit of this instance: a browser runs an instance in one worker.
nonisolated(unsafe) private var instance = Visit()

// All that the page's JavaScript may call. Input and output are `Parts`; 0 means done. Operations,
// parts and numbers are written once, in docs/spec/page-seam.txt: tests hold both sides to it.

/// Makes room for so many bytes of input and says where.
@c(intake_input)
public func intakeInput(_ length: Int) -> UnsafeMutablePointer<UInt8> {
    Memory.makeInput(length)
}

/// Where the output of the last operation stands.
@c(intake_output)
public func intakeOutput() -> UnsafeMutablePointer<UInt8> {
    Memory.outputStart
}

/// How many bytes of output the last operation left.
@c(intake_output_length)
public func intakeOutputLength() -> Int {
    Memory.outputCount
}

/// Begins: deployment, roots file, digest of the page's tree, language, serial and day from which
/// the page is, and the hour of the device.
@c(intake_start)
public func intakeStart() -> Int32 {
    Memory.run(parts: 7) { parts in
        instance.start(
            Site(
                deployment: parts[0],
                roots: parts[1],
                tree: parts[2],
                language: parts[3],
                serial: parts[4],
                madeOn: parts[5],
                deviceHour: parts[6]
            )
        )
    }
}

/// Verifies all that is public: directory, tree, challenge, checkpoints, last month, this month.
@c(intake_visit)
public func intakeVisit() -> Int32 {
    Memory.run(parts: 6) { parts in
        instance.open(
            PublicFiles(
                directory: parts[0],
                tree: parts[1],
                challenge: parts[2],
                checkpoints: parts[3],
                lastMonth: parts[4],
                thisMonth: parts[5]
            )
        )
    }
}

/// Takes a newer challenge.
@c(intake_challenge)
public func intakeChallenge() -> Int32 {
    Memory.run(parts: 1) { instance.refresh(challenge: $0[0]) }
}

/// Walks the decision tree by answers: what is asked next, and what is shown in the end.
@c(intake_walk)
public func intakeWalk() -> Int32 {
    Memory.run(parts: 1) { instance.walk($0[0]) }
}

/// Makes a code and says its three lines.
@c(intake_new_token)
public func intakeNewToken() -> Int32 {
    Memory.run(parts: 0) { _ in instance.makeToken() }
}

/// Reads a code that was typed.
@c(intake_read_token)
public func intakeReadToken() -> Int32 {
    Memory.run(parts: 1) { instance.readToken($0[0]) }
}

/// Compares the line that was typed over with the last of the code.
@c(intake_last_line)
public func intakeLastLine() -> Int32 {
    Memory.run(parts: 1) { instance.compareLastLine($0[0]) }
}

/// The ten bytes of the code, for the worker that derives its root.
@c(intake_token_bytes)
public func intakeTokenBytes() -> Int32 {
    Memory.run(parts: 0) { _ in instance.tokenBytes() }
}

/// Derives the root of a code; the slow call, for a worker of its own.
@c(intake_derive)
public func intakeDerive() -> Int32 {
    Memory.run(parts: 2) { Visit.deriveRoot(token: $0[0], deployment: $0[1]) }
}

/// Takes the root and says the code's shard.
@c(intake_keys)
public func intakeKeys() -> Int32 {
    Memory.run(parts: 1) { instance.takeRoot($0[0]) }
}

/// A shard for who has no code.
@c(intake_random_shard)
public func intakeRandomShard() -> Int32 {
    Memory.run(parts: 0) { _ in instance.randomShard() }
}

/// Says whether a text can be sent.
@c(intake_check_text)
public func intakeCheckText() -> Int32 {
    Memory.run(parts: 1) { instance.checkText($0[0]) }
}

/// What a stamp for an organisation is asked: hour, challenge, tries.
@c(intake_asked)
public func intakeAsked() -> Int32 {
    Memory.run(parts: 1) { instance.asked(for: $0[0]) }
}

/// Begins the search for a stamp, for a worker of its own: hour, challenge, tries, organisation.
@c(intake_work_begin)
public func intakeWorkBegin() -> Int32 {
    Memory.run(parts: 4) { parts in
        instance.beginWork(
            hour: parts[0],
            challenge: parts[1],
            tries: parts[2],
            organisation: parts[3]
        )
    }
}

/// Tries so many hashes more.
@c(intake_work_go)
public func intakeWorkGo() -> Int32 {
    Memory.run(parts: 1) { instance.work($0[0]) }
}

/// Seals a message: kind, organisation, text, answers, what it is about, stamp.
@c(intake_seal)
public func intakeSeal() -> Int32 {
    Memory.run(parts: 6) { parts in
        instance.seal(
            kind: parts[0],
            organisation: parts[1],
            text: parts[2],
            answers: parts[3],
            about: parts[4],
            stamp: parts[5]
        )
    }
}

/// Puts another stamp on a body that was sealed.
@c(intake_stamp)
public func intakeStamp() -> Int32 {
    Memory.run(parts: 2) { instance.stamp($0[0], with: $0[1]) }
}

/// Verifies what the server promised for a body.
@c(intake_promise)
public func intakePromise() -> Int32 {
    Memory.run(parts: 2) { instance.verifyPromise($0[0], for: $0[1]) }
}

/// Finds the code's messages in the log, and the answers to them in a shard, if there is one.
@c(intake_look)
public func intakeLook() -> Int32 {
    Memory.run(parts: 1) { instance.look($0[0]) }
}

/// Takes the month before those in view.
@c(intake_look_back)
public func intakeLookBack() -> Int32 {
    Memory.run(parts: 1) { instance.look(back: $0[0]) }
}

/// Makes a submission that says nothing, of the size of a message.
@c(intake_cover)
public func intakeCover() -> Int32 {
    Memory.run(parts: 0) { _ in instance.makeCover() }
}

/// Wipes everything.
@c(intake_forget)
public func intakeForget() -> Int32 {
    Memory.wipe()
    instance = Visit()
    return 0
}

#endif
