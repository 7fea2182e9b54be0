import Conversation

/// What a chat client suggests when somebody types a slash, in the order of the suggestions.
enum CommandPhrase: String, Phrase {
  case learn = "commands.learn"
  case lessons = "commands.lessons"
  case practice = "commands.practice"
  case read = "commands.read"
  case talk = "commands.talk"
  case check = "commands.check"
  case persona = "commands.persona"
  case progress = "commands.progress"
  case review = "commands.review"
  case mistakes = "commands.mistakes"
  case topic = "commands.topic"
  case plan = "commands.plan"
  case achievements = "commands.achievements"
  case levelup = "commands.levelup"
  case profile = "commands.profile"
  case language = "commands.language"
  case link = "commands.link"
  case privacy = "commands.privacy"
  case help = "commands.help"
  case menu = "commands.menu"

  var command: String { String(rawValue.dropFirst("commands.".count)) }
}
