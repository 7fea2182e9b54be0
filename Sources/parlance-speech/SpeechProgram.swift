import Foundation

/// The process that handles sound: without an argument it serves the program that started it, over
/// its standard input and output.
///
///     parlance-speech trial [mutants] [seed]   reads damaged recordings: none may kill it
///     parlance-speech bench [every] [seed]     tells how well known texts are recognised
///     parlance-speech measure [notes]          tells what reading and making sound costs
@main enum SpeechProgram {
  private static let mutantsDefault = 20_000
  private static let notesDefault = 1_000
  /// From 0, like everybody, to 19, when nobody else wants to run.
  private static let niceness: Int32 = 10

  static func main() {
    let arguments = CommandLine.arguments.dropFirst()
    let numbers = arguments.dropFirst().compactMap(Int.init)
    switch arguments.first {
    case nil:
      giveWay()
      WorkerLoop(faculties: .installed).run()
    case "trial":
      TrialCommand(
        mutants: numbers.first ?? mutantsDefault, seed: numbers.dropFirst().first ?? 1
      ).run()
    case "bench":
      BenchCommand(every: numbers.first ?? 1, seed: numbers.dropFirst().first ?? 1).run()
    case "measure": MeasureCommand(notes: numbers.first ?? notesDefault).run()
    case _:
      Self.say(
        "usage: parlance-speech [trial [mutants] [seed] | bench [every] [seed] | measure [notes]]")
      exit(2)
    }
  }

  /// Messages come first: voices that are made ahead must not slow them down. A refusal costs
  /// nothing but that.
  private static func giveWay() { _ = nice(niceness) }

  static func say(_ line: String) {
    FileHandle.standardOutput.write(Data((line + "\n").utf8))
  }
}
