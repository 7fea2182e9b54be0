import Conversation
import Foundation
package import Language
import Learning
import Storage

/// Why no draft came of it.
package enum DraftFault: Error, Equatable, Sendable, CustomStringConvertible {
  case noModel
  case badOrder(String)
  /// It was not there, was too slow, or may not be asked any more today.
  case model(String)
  /// What it wrote is no lesson, not even the second time.
  case unsound([ContentFault])

  package var description: String {
    switch self {
    case .noModel: "no language model is set up"
    case .badOrder(let problem): problem
    case .model(let reason): "the language model gave no draft: \(reason)"
    case .unsound(let faults):
      "the language model's draft is no sound lesson:\n"
        + faults.map(\.description).joined(separator: "\n")
    }
  }
}

/// Has a language model write a lesson, holds it to the checks of any lesson, tells it once what
/// was wrong, and keeps what is sound, unpublished.
struct LessonDrafting: Sendable {
  static let kind: JobKind = "content.draft"
  private static let triesMax = 2
  static let attemptsMax = 3
  /// Two answers, each within its own deadline, and room to be kept.
  static let timeLimitMs: Int64 = 420_000
  /// Told to the model, and to whoever asked.
  private static let faultsToldMax = 12

  /// Nil when none is set up.
  let model: (any LanguageModel)?
  let prompts: PromptLibrary
  let persona: Persona
  let desk: LessonDesk
  let database: Database
  let time: TimeSource

  init(
    _ model: (any LanguageModel)?, _ product: Product, _ database: Database, _ time: TimeSource
  ) {
    self.model = model
    prompts = product.prompts
    persona = product.personas.standard
    desk = LessonDesk(product.lessons)
    self.database = database
    self.time = time
  }

  struct Payload: Codable {
    let draft: String
  }

  static func request(_ draft: String) throws -> JobRequest {
    let payload = String(decoding: try JSONEncoder().encode(Payload(draft: draft)), as: UTF8.self)
    return JobRequest(kind, payload: payload, uniqueKey: "\(kind.text) \(draft)")
  }

  var handler: JobHandler {
    JobHandler(
      Self.kind, attemptsMax: Self.attemptsMax, timeLimitMs: Self.timeLimitMs
    ) { await run($0) }
  }

  private func run(_ job: Job) async -> JobOutcome {
    do {
      let id = try JSONDecoder().decode(Payload.self, from: Data(job.payload.utf8)).draft
      let draft = try await database.read { try DraftStore.find(id, in: $0) }
      guard let draft, draft.state == .waiting else { return .cancel(reason: "nobody waits") }
      do {
        _ = try await write(draft.order, by: draft.author, as: draft.id)
      } catch let fault as DraftFault {
        try await database.write { try DraftStore.fail(id, fault.description, in: $0) }
      }
      return .done(result: "{}")
    } catch {
      return .retry(reason: "\(type(of: error))")
    }
  }

  /// - Parameter draft: what the order is kept as; nil when nobody looks it up.
  /// - Throws: `DraftFault`; `LessonDeskFault` and `StorageError` when it cannot be kept.
  func write(
    _ order: LessonOrder, by author: Author, as draft: String? = nil
  ) async throws -> LessonEntry {
    guard let model else { throw DraftFault.noModel }
    if let problem = order.problem { throw DraftFault.badOrder(problem) }
    var faults: [ContentFault] = []
    for _ in 0..<Self.triesMax {
      let objections = faults.prefix(Self.faultsToldMax).map { "line \($0.line): \($0.problem)" }
      let input = PromptInput.lesson(
        title: order.title, category: order.category, aims: order.aims, objections: objections)
      let request = prompts.request(
        input, level: order.level, language: .english, persona: persona, person: nil)
      let answer: JSON
      do throws(ModelFault) {
        guard let json = try await model.complete(request).json else {
          throw .invalidAnswer(reason: "it is no data")
        }
        answer = json
      } catch { throw DraftFault.model(Self.reason(error)) }
      let now = time.now()
      do {
        return try await database.write { [desk] in
          try Self.keep(answer, order, by: author, draft, desk, at: now, in: $0)
        }
      } catch LessonDeskFault.unsound(let found) { faults = found }
    }
    throw DraftFault.unsound(Array(faults.prefix(Self.faultsToldMax)))
  }

  private static func keep(
    _ answer: JSON, _ order: LessonOrder, by author: Author, _ draft: String?,
    _ desk: LessonDesk, at now: Timestamp, in database: Transaction
  ) throws -> LessonEntry {
    try desk.shelf.follow(in: database)
    let id = try order.id { try desk.find($0, in: database) != nil }
    let yaml = LessonDraft.yaml(answer, order, id: id, in: desk.shelf.curriculum)
    let entry = try desk.save(
      yaml, as: id, by: author, origin: .model, at: now, in: database)
    if let draft { try DraftStore.finish(draft, lesson: entry.id, in: database) }
    return entry
  }

  private static func reason(_ fault: ModelFault) -> String {
    switch fault {
    case .notConfigured: "none is set up"
    case .withheld, .refused: "it may not be asked"
    case .overBudget: "the day's budget is used up"
    case .unreachable: "it was not reached"
    case .tookTooLong, .tooSlow, .interrupted: "it did not finish in time"
    case .invalidAnswer(let reason): "its answer is of no use (\(reason))"
    case .cancelled: "it was called off"
    }
  }
}
