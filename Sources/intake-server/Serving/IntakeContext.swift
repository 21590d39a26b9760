import Hummingbird

/// What an endpoint knows of a request besides the request: nothing.
///
/// The connection, and with it the caller's address, is dropped here.
struct IntakeContext: InitializableFromSource {
    init(source: ApplicationRequestContextSource) {}
}
