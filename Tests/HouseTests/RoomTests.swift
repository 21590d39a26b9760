import Testing

/// No room of a module stands on one that stands on it: each can be read without the others above.
struct RoomTests {
    @Test(arguments: try Project.modules())
    func `no room stands on one that stands on it`(module: String) throws {
        let rooms = try Room.rooms(of: module)
        try #require(rooms.contains { !$0.types.isEmpty }, "\(module) declares nothing")
        let circle = RoomGraph(of: rooms).circle()
        #expect(circle == nil, "\(module): \(circle?.joined(separator: " → ") ?? "")")
    }

    @Test func `a circle is found, over one room and over two`() {
        func room(_ name: String, _ code: String) -> Room {
            Room(name: name, files: [Project.Source(path: "\(name)/A.swift", text: code)])
        }
        let one = room("One", "struct First { let next: Second }\n")
        let two = room("Two", "public final class Second {}\n")
        #expect(RoomGraph(of: [one, two]).circle() == nil)
        let back = room("Two", "enum Second { case first(First) }\n")
        #expect(RoomGraph(of: [one, back]).circle() == ["One", "Two", "One"])
        let three = room("Three", "protocol Third { var first: First { get } }\n")
        let far = room("Two", "enum Second { case third(any Third) }\n")
        #expect(RoomGraph(of: [one, far, three]).circle() == ["One", "Two", "Three", "One"])
        let comment = room("Two", "// First\nenum Second {}\n")
        #expect(RoomGraph(of: [one, comment]).circle() == nil)
    }
}
