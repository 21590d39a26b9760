import ArgumentParser

/// `--data DIR`, as every command has it.
struct DataOptions: ParsableArguments {
    @Option(help: "The folder of the store.")
    var data: String

    var folder: DataFolder { DataFolder(data) }
}
