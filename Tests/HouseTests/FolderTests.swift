import Testing

/// No folder of a module stands on one that stands on it: each can be read without the others above.
struct FolderTests {
    @Test(arguments: try Project.modules())
    func `no folder stands on one that stands on it`(module: String) throws {
        let folders = try Folder.folders(of: module)
        try #require(folders.contains { !$0.types.isEmpty }, "\(module) declares nothing")
        let circle = FolderGraph(of: folders).circle()
        #expect(circle == nil, "\(module): \(circle?.joined(separator: " → ") ?? "")")
    }

    @Test func `a circle is found, over one folder and over two`() {
        func folder(_ name: String, _ code: String) -> Folder {
            Folder(name: name, files: [Project.Source(path: "\(name)/A.swift", text: code)])
        }
        let one = folder("One", "struct First { let next: Second }\n")
        let two = folder("Two", "public final class Second {}\n")
        #expect(FolderGraph(of: [one, two]).circle() == nil)
        let back = folder("Two", "enum Second { case first(First) }\n")
        #expect(FolderGraph(of: [one, back]).circle() == ["One", "Two", "One"])
        let three = folder("Three", "protocol Third { var first: First { get } }\n")
        let far = folder("Two", "enum Second { case third(any Third) }\n")
        #expect(FolderGraph(of: [one, far, three]).circle() == ["One", "Two", "Three", "One"])
        let comment = folder("Two", "// First\nenum Second {}\n")
        #expect(FolderGraph(of: [one, comment]).circle() == nil)
    }
}
