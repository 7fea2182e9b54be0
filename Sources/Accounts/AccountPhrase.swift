import Conversation

/// What linking says.
enum LinkPhrase: String, Phrase {
  case askUnlink = "link.ask_unlink"
  case back = "link.back"
  case beingDeleted = "link.being_deleted"
  case busy = "link.busy"
  case goOn = "link.go_on"
  case lessonWaits = "link.lesson_waits"
  case linked = "link.linked"
  case linkedBefore = "link.linked_before"
  case menu = "link.menu"
  case newCode = "link.new_code"
  case nothingToUnlink = "link.nothing_to_unlink"
  case notice = "link.notice"
  case offer = "link.offer"
  case offerTelegram = "link.offer_telegram"
  case offerWhatsApp = "link.offer_whatsapp"
  case sameChannel = "link.same_channel"
  case tooManyChannels = "link.too_many_channels"
  case tooManyCodes = "link.too_many_codes"
  case tooManyTries = "link.too_many_tries"
  case typeHere = "link.type_here"
  case unclear = "link.unclear"
  case unlink = "link.unlink"
  case unlinked = "link.unlinked"
  case unlinkNo = "link.unlink_no"
  case unlinkYes = "link.unlink_yes"
  case waiting = "link.waiting"
  case wrong = "link.wrong"

  static let buttons: [LinkPhrase] = [
    .back, .goOn, .menu, .newCode, .unlink, .unlinkNo, .unlinkYes,
  ]
}

/// What `/privacy` says.
enum PrivacyPhrase: String, Phrase {
  case allowMarketing = "privacy.allow_marketing"
  case allowReminders = "privacy.allow_reminders"
  case askDelete = "privacy.ask_delete"
  case asked = "privacy.asked"
  case back = "privacy.back"
  case begins = "privacy.begins"
  case channelBlocked = "privacy.channel_blocked"
  case channelServed = "privacy.channel_served"
  case channelStopped = "privacy.channel_stopped"
  case confirm = "privacy.confirm"
  case consents = "privacy.consents"
  case delete = "privacy.delete"
  case export = "privacy.export"
  case exportComes = "privacy.export_comes"
  case exportElsewhere = "privacy.export_elsewhere"
  case exportFile = "privacy.export_file"
  case exportLink = "privacy.export_link"
  case keep = "privacy.keep"
  case kept = "privacy.kept"
  case marketingNo = "privacy.marketing_no"
  case marketingYes = "privacy.marketing_yes"
  case messages = "privacy.messages"
  case messagesNoted = "privacy.messages_noted"
  case messagesOn = "privacy.messages_on"
  case messagesService = "privacy.messages_service"
  case messagesStopped = "privacy.messages_stopped"
  case messagesUnclear = "privacy.messages_unclear"
  case modelNo = "privacy.model_no"
  case modelYes = "privacy.model_yes"
  case open = "privacy.open"
  case receipt = "privacy.receipt"
  case receiptKept = "privacy.receipt_kept"
  case receiptWaits = "privacy.receipt_waits"
  case remindersNo = "privacy.reminders_no"
  case remindersYes = "privacy.reminders_yes"
  case requested = "privacy.requested"
  case soon = "privacy.soon"
  case stopMarketing = "privacy.stop_marketing"
  case stopReminders = "privacy.stop_reminders"
  case title = "privacy.title"
  case tooLate = "privacy.too_late"
  case tooManyExports = "privacy.too_many_exports"
  case unclear = "privacy.unclear"
  case unknownReceipt = "privacy.unknown_receipt"
  case voiceNo = "privacy.voice_no"
  case voiceYes = "privacy.voice_yes"
  case waiting = "privacy.waiting"
  case what = "privacy.what"

  static let buttons: [PrivacyPhrase] = [
    .allowMarketing, .allowReminders, .back, .confirm, .delete, .export, .keep, .messages, .open,
    .stopMarketing, .stopReminders,
  ]
}

/// The lines of a receipt.
enum DataKindPhrase: String, Phrase {
  case account = "privacy.kind.account"
  case channels = "privacy.kind.channels"
  case learning = "privacy.kind.learning"
  case log = "privacy.kind.log"
  case messages = "privacy.kind.messages"
  case profile = "privacy.kind.profile"

  init(_ kind: PersonDataKind) {
    switch kind {
    case .account: self = .account
    case .channels: self = .channels
    case .learning: self = .learning
    case .log: self = .log
    case .messages: self = .messages
    case .profile: self = .profile
    }
  }
}

/// What each channel is called.
enum ChannelPhrase: String, Phrase {
  case sms = "channel.sms"
  case telegram = "channel.telegram"
  case terminal = "channel.terminal"
  case webchat = "channel.webchat"
  case whatsapp = "channel.whatsapp"

  init(_ channel: Channel) {
    switch channel {
    case .sms: self = .sms
    case .telegram: self = .telegram
    case .terminal: self = .terminal
    case .webchat: self = .webchat
    case .whatsapp: self = .whatsapp
    }
  }
}
