/// A program that has everything but codes and desk keys, and pairs two classes of things.
///
/// Both lists are in the order of their digests; `truth` says which of `right` belongs to each
/// of `left`, and is used only to count how well the attacker did. It tries each pair of views:
/// the same rank, the opposite rank, any correlation of ranks, the same half. Then it takes for
/// each thing the nearest by place in a file, by bits that differ, or by bytes they share.
struct Attacker {
    let left: [KeptThing]
    let right: [KeptThing]
    let truth: [Int]

    /// What cannot be guessing, most certain first; nothing where guessing explains all.
    func findings() -> [Finding] {
        let leftViews = View.all(of: left)
        let rightViews = View.all(of: right)
        let compared = Self.compare(leftViews, rightViews.map { $0.reordered(truth) })
        let guessed = nearestInPlace(leftViews, rightViews) + nearestInBits() + [sharedBytes()]
        let tried = Agreement.methods * leftViews.count * rightViews.count + guessed.count
        return Self.certain(compared + guessed, tried: tried)
    }

    /// Whether views of things tell in which order something happened to them; `order` is the
    /// place of each in that order, no two alike: equal ones would be put in the order of
    /// digests, which a view shows.
    static func findings(of things: [KeptThing], order: [Int]) -> [Finding] {
        precondition(Set(order).count == things.count)
        let views = View.all(of: things)
        let clock = View("order", order.map(Int64.init)).map { [$0] } ?? []
        return certain(compare(views, clock), tried: Agreement.methods * views.count)
    }

    private static func certain(_ found: [Finding], tried: Int) -> [Finding] {
        found
            .map {
                Finding(method: $0.method, views: $0.views, chance: $0.chance * Double(tried))
            }
            .filter { $0.chance < Guessing.falseAlarm }
            .sorted { $0.chance < $1.chance }
    }
}

extension Attacker {
    /// Each view of one list against each of the other; the same place in both is a true pair.
    private static func compare(_ left: [View], _ right: [View]) -> [Finding] {
        let rightMarked = right.map(\.marked)
        var found: [Finding] = []
        for one in left {
            let oneMarked = one.marked
            for (other, otherMarked) in zip(right, rightMarked) {
                let seen = Agreement(one, other)
                for (method, chance) in seen.remarkable(oneMarked, otherMarked) {
                    let views = "\(one.name) ~ \(other.name)"
                    found.append(Finding(method: method, views: views, chance: chance))
                }
            }
        }
        return found
    }

    /// For each thing the other that is kept nearest in the same file.
    private func nearestInPlace(_ leftViews: [View], _ rightViews: [View]) -> [Finding] {
        leftViews.filter { $0.name.hasPrefix("file ") }.flatMap { one in
            let file = one.name.prefix { $0 != ":" }
            return rightViews.filter { $0.name.hasPrefix(file + ":") }.map { other in
                guess("nearest place", "\(one.name) ~ \(other.name)") { mine, theirs in
                    Int(clamping: abs(one.values[mine] - other.values[theirs]))
                }
            }
        }
    }

    /// For each thing the other whose tag or digest differs in the fewest bits.
    private func nearestInBits() -> [Finding] {
        let mine = left.map { ["tag": Words($0.tag), "digest": Words($0.digest)] }
        let theirs = right.map { ["tag": Words($0.tag), "digest": Words($0.digest)] }
        return ["tag", "digest"].flatMap { one in
            ["tag", "digest"].map { other in
                guess("fewest bits", "\(one) ~ \(other)") { left, right in
                    guard let words = mine[left][one], let others = theirs[right][other] else {
                        return .max
                    }
                    return words.distance(to: others)
                }
            }
        }
    }

    /// Takes for each thing the other at the least distance and counts how many are right.
    private func guess(
        _ method: String,
        _ views: String,
        distance: (Int, Int) -> Int
    ) -> Finding {
        let rights = left.indices.count { mine in
            var best = 0
            var least = Int.max
            for theirs in right.indices {
                let found = distance(mine, theirs)
                if found < least { (best, least) = (theirs, found) }
            }
            return best == truth[mine]
        }
        return Finding(method: method, views: views, chance: Guessing.right(rights))
    }

    /// For each thing the other that has eight bytes in common with it, wherever they stand,
    /// that nothing third has.
    private func sharedBytes() -> Finding {
        var owners: [UInt64: (left: Int?, right: Int?, isCommon: Bool)] = [:]
        for (place, thing) in left.enumerated() {
            for window in thing.windows {
                let isKnown = owners[window] != nil
                owners[window] = (place, nil, isKnown)
            }
        }
        for (place, thing) in right.enumerated() {
            for window in thing.windows {
                guard let owner = owners[window], !owner.isCommon else { continue }
                let isSecond = owner.right.map { $0 != place } ?? false
                owners[window] = (owner.left, place, isSecond)
            }
        }
        let pairs = owners.values.filter { !$0.isCommon && $0.right != nil }
        let rights = Set(pairs.compactMap { $0.left }).count { mine in
            pairs.contains { $0.left == mine && $0.right == truth[mine] }
        }
        return Finding(method: "shared bytes", views: "all ~ all", chance: Guessing.right(rights))
    }
}

extension KeptThing {
    /// All runs of eight bytes in what is shown, each once.
    fileprivate var windows: Set<UInt64> {
        var found: Set<UInt64> = []
        for part in shown {
            var window: UInt64 = 0
            for (place, byte) in part.bytes.enumerated() {
                window = window << 8 | UInt64(byte)
                if place >= 7 { found.insert(window) }
            }
        }
        return found
    }
}
