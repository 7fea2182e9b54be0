import Conversation
import Language

/// What the first conversation says.
enum OnboardingPhrase: String, Phrase {
  case askEstimate = "onboarding.estimate.ask"
  case askGoals = "onboarding.goals.ask"
  case askInterests = "onboarding.interests.ask"
  case askLanguage = "onboarding.language.ask"
  case askMinutes = "onboarding.minutes.ask"
  case askName = "onboarding.name.ask"
  case askPlacement = "onboarding.placement.ask"
  case askReminder = "onboarding.reminder.ask"
  case askZone = "onboarding.zone.ask"
  case back = "onboarding.back"
  case chooseMore = "onboarding.list.more"
  case done = "onboarding.list.done"
  case dontKnow = "onboarding.placement.dont_know"
  case estimateA0 = "onboarding.estimate.a0"
  case estimateA1 = "onboarding.estimate.a1"
  case estimateA2 = "onboarding.estimate.a2"
  case estimateB1 = "onboarding.estimate.b1"
  case estimateB2 = "onboarding.estimate.b2"
  case estimateC1 = "onboarding.estimate.c1"
  case lessonFirst = "onboarding.lesson_first"
  case minutes = "onboarding.minutes.title"
  case nameNoLetters = "onboarding.name.no_letters"
  case nameTooLong = "onboarding.name.too_long"
  case niceToMeet = "onboarding.name.nice_to_meet"
  case noReminder = "onboarding.reminder.none"
  case placementNumber = "onboarding.placement.number"
  case reminderWindow = "onboarding.reminder.window"
  case skip = "onboarding.skip"
  case unclearEstimate = "onboarding.estimate.unclear"
  case unclearLanguage = "onboarding.language.unclear"
  case unclearList = "onboarding.list.unclear"
  case unclearMinutes = "onboarding.minutes.unclear"
  case unclearPlacement = "onboarding.placement.unclear"
  case unclearReminder = "onboarding.reminder.unclear"
  case unclearZone = "onboarding.zone.unclear"
  case welcome = "onboarding.welcome"

  static let buttons: [OnboardingPhrase] = [
    .back, .done, .dontKnow, .lessonFirst, .minutes, .noReminder, .skip,
  ]

  static func description(of level: CEFRLevel) -> OnboardingPhrase {
    switch level {
    case .a0: .estimateA0
    case .a1: .estimateA1
    case .a2: .estimateA2
    case .b1: .estimateB1
    case .b2: .estimateB2
    case .c1, .c2: .estimateC1
    }
  }
}

/// What the menu, help and the reminder say.
enum HomePhrase: String, Phrase {
  case about = "home.about"
  case changeReminder = "home.change_reminder"
  case continueLesson = "home.continue_lesson"
  case continueOnboarding = "home.continue_onboarding"
  case hello = "home.hello"
  case help = "home.help"
  case helpButton = "home.help_button"
  case language = "home.language"
  case languageChanged = "home.language_changed"
  case learn = "home.learn"
  case lessons = "home.lessons"
  case menu = "home.menu"
  case menuButton = "home.menu_button"
  case menuNamed = "home.menu_named"
  case notUnderstood = "home.not_understood"
  case practice = "home.practice"
  case profile = "home.profile"
  case progress = "home.progress"
  case reminder = "home.reminder"
  case reminderLast = "home.reminder_last"
  case reminderNamed = "home.reminder_named"
  case reminderTopic = "home.reminder_topic"
  case talk = "home.talk"
  case welcome = "home.welcome"

  static let buttons: [HomePhrase] = [
    .changeReminder, .continueLesson, .continueOnboarding, .helpButton, .language, .learn,
    .lessons, .menuButton, .practice, .profile, .progress, .talk,
  ]
}

/// What the profile says.
enum ProfilePhrase: String, Phrase {
  case changeEstimate = "profile.change.estimate"
  case changeGoals = "profile.change.goals"
  case changeInterests = "profile.change.interests"
  case changeLanguage = "profile.change.language"
  case changeMinutes = "profile.change.minutes"
  case changeName = "profile.change.name"
  case changePlacement = "profile.change.placement"
  case changeReminder = "profile.change.reminder"
  case changeZone = "profile.change.zone"
  case footer = "profile.footer"
  case labelEstimate = "profile.label.estimate"
  case labelGoals = "profile.label.goals"
  case labelInterests = "profile.label.interests"
  case labelLanguage = "profile.label.language"
  case labelMinutes = "profile.label.minutes"
  case labelName = "profile.label.name"
  case labelReminder = "profile.label.reminder"
  case labelZone = "profile.label.zone"
  case levelEstimated = "profile.level_estimated"
  case levelTested = "profile.level_tested"
  case title = "profile.title"
  case unset = "profile.unset"

  static func label(of step: OnboardingStep) -> ProfilePhrase {
    switch step {
    case .language: .labelLanguage
    case .name: .labelName
    case .goals: .labelGoals
    case .interests: .labelInterests
    case .minutes: .labelMinutes
    case .reminder: .labelReminder
    case .zone: .labelZone
    case .estimate, .placement: .labelEstimate
    }
  }

  static func change(_ step: OnboardingStep) -> ProfilePhrase {
    switch step {
    case .language: .changeLanguage
    case .name: .changeName
    case .goals: .changeGoals
    case .interests: .changeInterests
    case .minutes: .changeMinutes
    case .reminder: .changeReminder
    case .zone: .changeZone
    case .estimate: .changeEstimate
    case .placement: .changePlacement
    }
  }
}
