import ArgumentParser
import Server

struct Unmerge: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "List persons who were linked into one, or part two of them again.")

  @Argument(help: "The number of the merge.") var id: String?

  func run() async throws {
    let program = try Launch.program(await Launch.settings())
    if let id {
      try await program.unmerge(id)
      print("Done.")
    } else {
      for line in try await program.merges() { print(line) }
    }
    await program.close()
  }
}
