import Testing
@testable import IntakeTree
