import Conversation
import Language
import Storage

/// When a partner tells somebody what to say otherwise.
enum CorrectionTime: String, Codable, Sendable, CaseIterable {
  case asWeGo
  case atTheEnd
  case none
}

extension CorrectionTime {
  /// How a model is asked to go about it.
  var asked: CorrectionStyle {
    switch self {
    case .asWeGo: .inline
    case .atTheEnd: .end
    case .none: .light
    }
  }
}

/// What somebody has chosen for practising.
struct PracticeSettings: Equatable, Sendable {
  var persona: String?
  var style = CorrectionTime.asWeGo
  /// When they were asked whether their words may go to a model; nil when they were not.
  var modelAskedAt: Timestamp?
}

enum PracticeSettingsStore {
  static func load(
    _ person: ID<Person>, in database: Transaction
  ) throws -> PracticeSettings {
    guard
      let row = try database.first(
        """
        SELECT persona, correction_style, model_asked_at FROM practice_settings
        WHERE person_id = \(person)
        """)
    else { return PracticeSettings() }
    let style: String? = try row.value("correction_style")
    return PracticeSettings(
      persona: try row.value("persona"),
      style: style.flatMap(CorrectionTime.init) ?? .asWeGo,
      modelAskedAt: try row.value("model_asked_at"))
  }

  static func save(
    _ settings: PracticeSettings, of person: ID<Person>, in database: Transaction
  ) throws {
    try database.execute(
      """
      INSERT INTO practice_settings (person_id, persona, correction_style, model_asked_at)
      VALUES (\(person), \(settings.persona), \(settings.style.rawValue),
        \(settings.modelAskedAt))
      ON CONFLICT (person_id) DO UPDATE SET persona = excluded.persona,
        correction_style = excluded.correction_style, model_asked_at = excluded.model_asked_at
      """)
  }
}
