import Conversation
import Language
import Storage

/// Somebody who learns: takes lessons on one channel or two, forgets between sessions, answers from
/// what the screen shows, and strays as people do.
final class Learner {
  /// A turn that comes to nothing, so many times in a row, is a state nobody gets out of.
  static let futileMax = 6
  /// The same question open after so many right answers.
  static let rightInVainMax = 3
  /// Turns without a question answered or a lesson finished.
  static let idleMax = 80
  private static let onboardingStepsMax = 30
  private static let emptyWords = ["?", "؟؟", "hm", "🙂", "asdf qwer", "۱۲۳۴۵", "x", "What?"]
  private static let trips = [
    "review", "progress", "levelup", "mistakes", "plan", "menu", "lessons", "topic", "help",
    "achievements", "next",
  ]

  let home: Classroom.Chat
  let other: Classroom.Chat
  private(set) var tally = LearnersReport.Tally()
  private let wanted: Set<String>
  private let school: School
  private let language: LanguageCode
  private let names: School.Names
  private let textbook: Textbook
  private let room: Classroom
  private let spoil: LearnersSimulation.Spoiling?
  private var chance: Chance
  private var memory: Memory
  private var chat: Classroom.Chat
  private var screen: Screen?
  private var open: Textbook.Question?
  private var openPlace = ""
  private var oldTokens: [String] = []
  private var lastSaid = Content.text("")
  private var futile = 0
  private var rightInVain = 0
  private var turnsSinceProgress = 0
  private var unclearInRow = 0

  init(
    _ school: School, home: Channel, number: Int, lessons wanted: Set<String>, seed: UInt64,
    spoil: LearnersSimulation.Spoiling? = nil
  ) throws {
    var chance = Chance(seed: seed, plan: .none)
    let language: LanguageCode = number.isMultiple(of: 2) ? .english : .persian
    guard let names = school.names(in: language), let textbook = school.textbook(in: language)
    else { throw Violation("\(language.text) is not taught") }
    self.school = school
    self.wanted = wanted
    self.language = language
    self.names = names
    self.textbook = textbook
    self.spoil = spoil
    let others = LearnersSimulation.channels.filter { $0 != home }
    self.home = Classroom.Chat(channel: home, id: Self.address(on: home, number))
    let second = chance.pick(others) ?? .webchat
    other = Classroom.Chat(channel: second, id: Self.address(on: second, number + 500_000))
    chat = self.home
    memory = Memory(ability: 0.5 + Double(chance.below(45)) / 100)
    room = try Classroom(school, language: language, seed: chance.seed())
    self.chance = chance
  }

  private static func address(on channel: Channel, _ number: Int) -> String {
    switch channel {
    case .telegram: "\(700_000_000 + number)"
    case .sms: "+98912\(1_000_000 + number)"
    case .whatsapp: "98912\(1_000_000 + number)"
    case .webchat, .terminal: "learner-\(number)-0123456789abcdef"
    }
  }

  /// Learns until all wanted lessons are finished, or so many turns are taken.
  func learn(turnsMax: Int) throws {
    try arrive()
    while !isDone, tally.turns < turnsMax {
      try sit(turns: 10 + chance.below(50))
      try goAway()
    }
  }

  var isDone: Bool { wanted.isSubset(of: tally.lessons) }

  // MARK: Coming and going

  private func arrive() throws {
    tally.learners = 1
    tally.sessions = 1
    try say(.text(language == .english ? "hello" : "سلام"))
    if chance.below(2) == 0 { try introduce() }
    let away = chat
    chat = other
    try say(.command(name: "menu", argument: ""))
    try room.link([home, other], by: school.link)
    chat = away
    try ask("learn")
  }

  /// The first conversation, one step after another, by whatever it offers.
  private func introduce() throws {
    for _ in 0..<Self.onboardingStepsMax {
      let options = (screen?.options ?? []).filter { !($0.token?.hasPrefix("/") ?? false) }
      if let own = screen?.option(called: names.ownLanguage) {
        try say(choose(own, amongChoices: true))
      } else if chance.below(4) == 0 || options.isEmpty {
        try say(.text(chance.pick(["Sara", "7:30 pm", "Tehran", "A1", "10"]) ?? ""))
      } else if let option = chance.pick(options) {
        try say(choose(option, amongChoices: true))
      }
    }
  }

  private func sit(turns: Int) throws {
    for turn in 0..<turns where !isDone {
      try room.wait(milliseconds: chance.between(3_000, 50_000))
      if turn == 0 { try beginSession() } else { try act() }
    }
  }

  private func beginSession() throws {
    let isElsewhere = chance.below(5) == 0
    chat = isElsewhere ? other : home
    try ask(chance.below(3) == 0 ? "review" : "learn")
  }

  private func goAway() throws {
    tally.sessions += 1
    let hours: Int64 =
      chance.below(20) == 0 ? chance.between(200, 900) : chance.between(2, 80)
    try room.wait(milliseconds: hours * 3_600_000 + chance.between(0, 3_600_000))
  }

  // MARK: One turn

  private func act() throws {
    if chance.below(25) == 0 { return try stray() }
    guard let screen else { return try ask("learn") }
    if let option = screen.option(called: names.begin) {
      return try say(choose(option, amongChoices: true))
    }
    let isReview = screen.option(called: names.enough) != nil
    let isLesson =
      screen.option(called: names.skip) != nil && screen.option(called: names.back) == nil
    guard isReview || isLesson else { return try goOn(screen) }
    if isReview, chance.below(30) == 0, let end = screen.option(called: names.enough) {
      return try say(choose(end, amongChoices: false))
    }
    guard
      let question = stillOpen(on: screen)
        ?? textbook.question(on: screen, isReview: isReview)
        ?? textbook.pairs(on: screen)
    else { throw Violation("nobody would know what this asks:\n\(screen.text)") }
    try answer(question, on: screen)
  }

  /// The question of which a part has been answered: it shows less now than it did.
  private func stillOpen(on screen: Screen) -> Textbook.Question? {
    guard let open, open.takesSteps, openPlace == screen.place, !screen.isJudged,
      open.canRemain(on: screen)
    else { return nil }
    return open
  }

  /// Nothing is asked here: on to the next lesson.
  private func goOn(_ screen: Screen) throws {
    futile += 1
    guard futile <= Self.futileMax else {
      throw Violation(
        "there is no way on from here, \(tally.lessons.count) lessons done:\n\(screen.text)")
    }
    open = nil
    if wanted != school.lessons { return try choose(lesson: futile) }
    if let next = screen.option(called: names.next) {
      return try say(choose(next, amongChoices: true))
    }
    try ask(futile > 1 ? "next" : "learn")
  }

  /// Asks for a lesson by name: with the command, or from the list.
  private func choose(lesson attempt: Int) throws {
    let left = wanted.subtracting(tally.lessons).sorted()
    guard let lesson = left.first else { return try ask("learn") }
    if chat.channel != .sms, attempt == 1 {
      return try say(.command(name: "learn", argument: lesson))
    }
    try ask("lessons")
    try say(.text(lesson))
  }

  private func stray() throws {
    tally.trips += 1
    switch chance.below(8) {
    case 0: try say(.text(chance.pick(Self.emptyWords) ?? "?"))
    case 1:
      guard let token = chance.pick(oldTokens), chat.channel != .sms else { return try act() }
      try say(.choice(.init(token: token)))
    case 2: try say(.attachment(.init(kind: .image, fileID: "image-1")))
    case _: try ask(chance.pick(Self.trips) ?? "menu")
    }
  }

  private func answer(_ question: Textbook.Question, on screen: Screen) throws {
    open = question
    openPlace = screen.place
    let isKnown =
      Double(chance.below(10_000)) / 10_000
      < memory.chance(of: question.id, rank: question.rank, at: room.now)
    // Whoever is asked again and again makes an end of it.
    let isPatient = unclearInRow < 2
    let roll = chance.below(100)
    let writer = AnswerWriter(question: question, screen: screen, names: names)
    var isRight = false
    let said: Content
    switch (isKnown, roll) {
    case (_, 0..<3) where isPatient: said = .text(chance.pick(Self.emptyWords) ?? "?")
    case (true, 3..<5) where isPatient, (false, 3..<20) where isPatient:
      said = screen.option(called: names.hint).map { choose($0, amongChoices: false) } ?? .text("?")
    case (true, 5..<8): said = writer.almost(&chance)
    case (true, _):
      isRight = true
      said = say(try writer.right(&chance))
    case (false, 20..<30):
      said =
        screen.option(called: names.skip).map { choose($0, amongChoices: false) }
        ?? .text(names.skip)
    case (false, _): said = say(writer.wrong(&chance))
    }
    memory.note(question.id, wasKnown: isKnown, at: room.now)
    try say(said)
    try judge(question, isRight: isRight)
  }

  /// What the answer led to, and whether that is fair.
  private func judge(_ question: Textbook.Question, isRight: Bool) throws {
    let shown = screen?.text ?? ""
    let isJudged = screen?.isJudged ?? false
    if isJudged || screen?.option(called: names.skip) == nil { noteProgress() }
    guard isRight else {
      unclearInRow = isJudged ? 0 : unclearInRow + 1
      return
    }
    unclearInRow = 0
    if case .exercise = question.kind, shown.contains("❌") {
      throw Violation(
        "a right answer to \(question.id) was taken for a wrong one: \(lastSaid)\n\(shown)")
    }
    let asked = screen.flatMap { textbook.question(on: $0, isReview: true) }
    let isOpen = !isJudged && asked?.id == question.id
    rightInVain = isOpen && !question.takesSteps ? rightInVain + 1 : 0
    if rightInVain > Self.rightInVainMax {
      throw Violation("\(question.id) stays open after right answers: \(lastSaid)\n\(shown)")
    }
  }

  private func noteProgress() {
    futile = 0
    turnsSinceProgress = 0
    rightInVain = 0
  }

  // MARK: Saying

  private func say(_ answer: AnswerWriter.Said) -> Content {
    switch answer {
    case .typed(let text): .text(text)
    case .chosen(let option): choose(option, amongChoices: true)
    }
  }

  /// - Parameter amongChoices: whether it is one of the answers, so that its number would do.
  private func choose(_ option: Screen.Option, amongChoices: Bool) -> Content {
    if let token = option.token, chance.below(10) > 0 {
      return .choice(.init(token: token))
    }
    if let number = option.number, amongChoices, chance.below(4) > 0 {
      return .text(
        chance.below(3) == 0 ? Numerals.localise("\(number)", language: language) : "\(number)")
    }
    return .text(option.title)
  }

  /// By a command where one is typed as such, by its word elsewhere.
  private func ask(_ command: String) throws {
    if chat.channel != .sms, chance.below(3) > 0 {
      return try say(.command(name: command, argument: ""))
    }
    try say(.text(names.commands[command] ?? command))
  }

  private func say(_ content: Content) throws {
    lastSaid = content
    tally.turns += 1
    turnsSinceProgress += 1
    guard turnsSinceProgress <= Self.idleMax else {
      throw Violation(
        "\(Self.idleMax) turns came to nothing; the last screen:\n\(screen?.text ?? "")")
    }
    let shown = try room.send(spoil?(content) ?? content, from: chat)
    oldTokens = screen?.options.compactMap(\.token).filter { !$0.hasPrefix("/") } ?? oldTokens
    screen = shown
    if shown.option(called: names.skip) == nil { try noteLessons() }
  }

  private func noteLessons() throws {
    let finished = try room.finishedLessons().subtracting(tally.lessons)
    guard !finished.isEmpty else { return }
    tally.lessons.formUnion(finished)
    if chat.channel == home.channel { tally.lessonsAtHome.formUnion(finished) }
    noteProgress()
  }

  /// What the store says of reviews and tests.
  func count() throws {
    tally.reviews = try room.number("SELECT count(*) AS n FROM review_log")
    tally.known = try room.number("SELECT count(*) AS n FROM review_log WHERE was_known = 1")
    tally.remembered = try room.number(
      "SELECT count(*) AS n FROM review_log WHERE was_known = 1 AND grade > 1")
    tally.levelTests = try room.number(
      "SELECT count(*) AS n FROM level_tests WHERE finished_at IS NOT NULL")
  }
}
