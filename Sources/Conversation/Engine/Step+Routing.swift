import Storage

extension Step {
  /// The first message of all: the home flow is laid down and the welcome flow on it. A command
  /// that came with it is obeyed, so that a deep link leads where it points.
  mutating func beginConversation(_ content: Content) throws {
    var argument: String?
    if case .command("start", let payload) = content, !payload.isEmpty { argument = payload }
    if let link = engine.deepLink(content) { return try beginConversation(following: link) }
    record.stack = FlowStack([try bottomFrame()])
    try begin(engine.welcome, argument: argument)
    if case .command(let name, let argument) = content, engine.commands[name] != nil {
      try obey(name, argument: argument)
    }
  }

  /// The first message follows a deep link: the welcome flow waits until that is done.
  private mutating func beginConversation(following link: Engine.DeepLink) throws {
    // A state that cannot be read makes a flow begin once it is its turn.
    record.stack = FlowStack(
      [try bottomFrame(), newFrame(of: try engine.flow(engine.welcome))])
    try obey(link.command, argument: link.argument)
  }

  /// The home flow below all others. It has no place where it was begun, which tells it from a run
  /// of its own that the same message lays on top.
  private func bottomFrame() throws -> Frame {
    newFrame(of: try engine.flow(engine.home)).begun(at: 0)
  }

  /// Decides what a message means: a global command, an answer to the open question, or something
  /// for the flow on top.
  mutating func route(_ content: Content) throws {
    switch content {
    case .text(let text): try routeText(text)
    case .command(let name, let argument): try obey(name, argument: argument)
    case .choice(let press): try routePress(press)
    case .edited: try turn.notify(Reply(turn.phrase(EnginePhrase.edited)))
    case .attachment(let attachment): try feedTop(.attachment(attachment))
    case .location(let latitude, let longitude):
      try feedTop(.location(latitude: latitude, longitude: longitude))
    case .contact(let phone, let name, let isOwn):
      try feedTop(.contact(phone: phone, name: name, isOwn: isOwn))
    case .unsupported(let kind): try feedTop(.unsupported(kind: kind))
    case .reaction, .blocked, .unblocked: break
    }
  }

  private mutating func routeText(_ text: String) throws {
    guard text.utf16.count <= Engine.textLengthMax else {
      return try turn.notify(
        Reply(turn.phrase(EnginePhrase.tooLong, ["max": .number(Engine.textLengthMax)])))
    }
    if let typed {
      if let choice = record.prompt?.choice(forNormalised: typed) { return try choose(choice) }
      if let name = engine.commandWords[typed] { return try obey(name, argument: "") }
    }
    try feedTop(.text(text))
  }

  private mutating func routePress(_ press: Content.Press) throws {
    if press.token.hasPrefix("/") {
      chosen = record.prompt?.choices.first { $0.id == press.token }
      return try obey(button: press.token)
    }
    guard let choice = record.prompt?.choice(forToken: press.token) else {
      try turn.notify(Reply(turn.phrase(EnginePhrase.staleButton)))
      return try resumeTop()
    }
    try choose(choice)
  }

  private mutating func choose(_ choice: Choice) throws {
    chosen = choice
    if choice.isCommand { return try obey(button: choice.id) }
    try feedTop(.choice(choice.id))
  }

  /// `/name`, or `/name argument`.
  private mutating func obey(button token: String) throws {
    let parts = token.dropFirst().split(separator: " ", maxSplits: 1)
    try obey(String(parts.first ?? ""), argument: parts.count == 2 ? String(parts[1]) : "")
  }

  private mutating func obey(_ name: String, argument: String) throws {
    if name == "start" {
      guard let link = engine.deepLink(payload: argument) else { return try resumeTop() }
      return try obey(link.command, argument: link.argument)
    }
    if name == "retry" { return try retryNewest() }
    guard let command = engine.commands[name] else {
      try turn.notify(Reply(turn.phrase(EnginePhrase.unknownCommand)))
      return try resumeTop()
    }
    switch command.action {
    case .goHome: try goHome()
    case .open(let flow, let fixed):
      try open(flow, argument: fixed ?? (argument.isEmpty ? nil : argument))
    case .explain(let explain):
      try explain(turn)
      try resumeTop()
    case .aside(let take): try take(argument, turn)
    }
  }

  private mutating func retryNewest() throws {
    for _ in 0..<Self.failedRetriesMax {
      guard let position = try InboundStore.newestFailed(record.id, in: database),
        let content = try InboundStore.takeFailed(record.id, position: position, in: database)
      else { break }
      // A retry that failed, too, stands for the message it was meant for.
      if !content.isRetry { return try route(content) }
    }
    try turn.notify(Reply(turn.phrase(EnginePhrase.nothingToRetry)))
  }
}

extension Engine {
  struct DeepLink {
    let command: String
    let argument: String
  }

  /// A first message that leads past the welcome: a command that says so, or a link to it.
  func deepLink(_ content: Content) -> DeepLink? {
    guard case .command(let name, let argument) = content, !argument.isEmpty else { return nil }
    if name == "start" { return deepLink(payload: argument) }
    return commands[name]?.isDeepLink == true ? DeepLink(command: name, argument: argument) : nil
  }

  /// `/start link_CODE` is `/link CODE`, for the commands that say so.
  func deepLink(payload: String) -> DeepLink? {
    let parts = payload.split(separator: "_", maxSplits: 1)
    guard parts.count == 2, commands[String(parts[0])]?.isDeepLink == true else { return nil }
    return DeepLink(command: String(parts[0]), argument: String(parts[1]))
  }
}

extension Content {
  fileprivate var isRetry: Bool {
    switch self {
    case .command(let name, _): name == "retry"
    case .choice(let press): press.token == "/retry"
    case .text, .attachment, .location, .contact, .edited, .reaction, .blocked, .unblocked,
      .unsupported:
      false
    }
  }
}
