/// The raw bytes of something that is kept or public.
struct KeptFile {
    let name: String
    let bytes: [UInt8]
}
