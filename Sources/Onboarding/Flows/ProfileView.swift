import Conversation
import Language

/// The profile as a message.
struct ProfileView {
  let profile: Profile
  let questions: QuestionSet

  func reply(_ turn: Turn) -> Reply {
    let lines = OnboardingStep.allCases.compactMap { step in
      value(of: step, turn).map { turn.phrase(ProfilePhrase.label(of: step)) + ": " + $0 }
    }
    let text = [
      "**" + turn.phrase(ProfilePhrase.title) + "**", lines.joined(separator: "\n"),
      turn.phrase(ProfilePhrase.footer),
    ]
    let first =
      profile.completedAt == nil
      ? Choice.command("setup", turn.phrase(HomePhrase.continueOnboarding))
      : Choice.command("learn", turn.phrase(HomePhrase.learn))
    let changes = OnboardingStep.allCases.map {
      Choice.command($0.changeCommand, turn.phrase(ProfilePhrase.change($0)))
    }
    return Reply(
      text.joined(separator: "\n\n"),
      choices: [first] + changes + [.command("menu", turn.phrase(HomePhrase.menuButton))])
  }

  /// What was answered, as markup; nil for what has no line of its own.
  private func value(of step: OnboardingStep, _ turn: Turn) -> String? {
    let language = turn.person.language
    let unset = turn.phrase(ProfilePhrase.unset)
    switch step {
    case .language: return turn.phrasebook.languages.first { $0.language == language }?.name
    case .name: return turn.person.name.map(Markup.escape) ?? unset
    case .goals: return titles(profile.goals, of: step, language) ?? unset
    case .interests: return titles(profile.interests, of: step, language) ?? unset
    case .minutes:
      return profile.minutesPerDay.map {
        turn.phrase(OnboardingPhrase.minutes, ["minutes": .number($0)])
      } ?? unset
    case .reminder:
      return profile.reminderMinute.map { ClockText.show($0, in: language) }
        ?? turn.phrase(OnboardingPhrase.noReminder)
    case .zone: return turn.person.timeZone.map { City.title(of: $0, in: language) } ?? unset
    case .estimate: return level(turn) ?? unset
    case .placement: return nil
    }
  }

  private func level(_ turn: Turn) -> String? {
    guard let level = profile.level else { return nil }
    let basis: ProfilePhrase = profile.placementLevel == nil ? .levelEstimated : .levelTested
    return "**\(level.rawValue)** " + turn.phrase(basis)
  }

  private func titles(
    _ ids: [String], of step: OnboardingStep, _ language: LanguageCode
  ) -> String? {
    guard let question = questions[step] as? ListQuestion else { return nil }
    let titles = question.options.filter { ids.contains($0.id) }.map { $0.title[language] }
    let comma = language.isRightToLeft ? "، " : ", "
    return titles.isEmpty ? nil : titles.map(Markup.escape).joined(separator: comma)
  }
}
