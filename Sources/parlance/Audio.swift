import ArgumentParser
import Server

struct Audio: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Show what lessons say aloud: how much is made, missing, or cannot be made.")

  @Flag(help: "Remove what no lesson says any more.") var sweep = false
  @Flag(help: "Make what is missing, while the program does not serve.") var make = false
  @Option(help: "With --make: at most so many steps of four texts.") var steps = 10_000

  func run() async throws {
    let program = try Launch.program(await Launch.settings())
    if sweep { print("removed \(try await program.sweepLessonAudio())") }
    if make { _ = try await program.makeLessonAudio(stepsMax: steps) }
    let (counts, troubles) = try await program.lessonAudio()
    print(
      "wanted \(counts.wanted), made \(counts.ready), missing \(counts.missing), "
        + "failed \(counts.failed), left over \(counts.orphaned), "
        + "\(counts.bytes / 1_024) KiB")
    for trouble in troubles {
      print("\(trouble.fault), \(trouble.attempts) attempts, \(trouble.format): \(trouble.text)")
    }
    await program.close()
  }
}
