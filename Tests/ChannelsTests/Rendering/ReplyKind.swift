import Conversation

/// One of each kind of reply that a channel has to find a form for.
enum ReplyKind: String, CaseIterable, Sendable {
  case plainText = "plain-text"
  case styles
  case marksInWords = "marks-in-words"
  case twoButtons = "two-buttons"
  case fiveChoices = "five-choices"
  case twelveChoices = "twelve-choices"
  case longTitle = "long-title"
  case longText = "long-text"
  case emoji
  case mixedScripts = "mixed-scripts"
  case joiners
  case code
  case template

  func reply(in language: LanguageCode) -> Reply {
    switch self {
    case .plainText, .template:
      Reply(
        language.pick(
          en: "The bus leaves at ten past four. “Don’t be late”, she said…",
          fa: "اتوبوس ساعت چهار و ده دقیقه راه می‌افتد. گفت: «دیر نکن»…",
          ar: "تنطلق الحافلة في الرابعة وعشر دقائق. قالت: «لا تتأخر»…"))
    case .styles:
      Reply(
        language.pick(
          en: "A **bold** word, an _italic_ one, some `code`, and un**broken** too.",
          fa: "یک واژهٔ **پررنگ**، یکی _کج_، کمی `code` و «پر**رنگ**تر».",
          ar: "كلمة **غامقة** وأخرى _مائلة_ وبعض `code` معها."))
    case .marksInWords: marked(language)
    case .twoButtons:
      Reply(
        language.pick(en: "Shall we begin?", fa: "شروع کنیم؟", ar: "هل نبدأ؟"),
        choices: [
          Choice("yes", language.pick(en: "Yes", fa: "بله", ar: "نعم")),
          Choice("later", language.pick(en: "Later", fa: "بعداً", ar: "لاحقًا")),
        ])
    case .fiveChoices: numbered(5, language)
    case .twelveChoices: numbered(12, language)
    case .longTitle:
      Reply(
        language.pick(en: "What fits you best?", fa: "کدام به شما می‌خورد؟", ar: "ما الأنسب لك؟"),
        choices: [
          Choice(
            "walk",
            language.pick(
              en: "I walk to work every day of the week",
              fa: "هر روز هفته پیاده سر کار می‌روم، حتی در باران",
              ar: "أمشي إلى العمل كل أيام الأسبوع حتى في المطر")),
          Choice("bus", language.pick(en: "I go by bus", fa: "با اتوبوس", ar: "بالحافلة")),
        ])
    case .longText: Reply(Self.story(language))
    case .emoji: Reply(String(repeating: "👨‍👩‍👧‍👦🇮🇷", count: 300))
    case .mixedScripts: mixed(language)
    case .joiners:
      Reply(
        language.pick(
          en: "In Persian, می‌خواهم means I want.",
          fa: "می‌خواهم کتاب‌هایم را به خانه‌ام ببرم؛ نمی‌شود؟",
          ar: "بالفارسية: می‌خواهم تعني أريد."))
    case .code:
      Reply(
        language.pick(
          en: "Send this there:\n\n`/link AB3D-9XZ7`\n\nor type `/link AB3D-9XZ7` here.",
          fa: "این را آنجا بفرستید:\n\n`/link AB3D-9XZ7`\n\nیا اینجا `/link AB3D-9XZ7` را بنویسید.",
          ar: "أرسل هذا هناك:\n\n`/link AB3D-9XZ7`\n\nأو اكتب `/link AB3D-9XZ7` هنا."))
    }
  }

  /// A person's own words, with everything in them that could be taken for markup.
  private func marked(_ language: LanguageCode) -> Reply {
    let words = "**Ali** <b>_x_</b> & `y` ~z~ *w* {{1}} 2 * 3 \\ [a](b)"
    let frame = language.pick(en: "You wrote: ", fa: "نوشتید: ", ar: "كتبت: ")
    return Reply(
      frame + Markup.escape(words), choices: [Choice("a", "*a* <b> & _c_"), Choice("b", "`b`")])
  }

  private func numbered(_ count: Int, _ language: LanguageCode) -> Reply {
    let word = language.pick(en: "Lesson", fa: "درس", ar: "درس")
    let digits = (1...count).map { Numerals.localise(String($0), language: language) }
    return Reply(
      language.pick(en: "Which one?", fa: "کدام یکی؟", ar: "أيها؟"),
      choices: digits.enumerated().map { Choice("l\($0.offset)", "\(word) \($0.element)") })
  }

  private func mixed(_ language: LanguageCode) -> Reply {
    let persian = #"""
      معنی **look after** (someone) می‌شود «مراقبت کردن».
      Cats یعنی گربه‌ها، و I have 2 cats! یعنی «۲ گربه دارم».
      با /learn ادامه دهید یا به https://tutor.example/a/?b=1 بروید.
      سطح شما A2 است (از 6 تا)، شمارهٔ ما +98 21 1234 5678.
      جمله: \_\_\_ you like tea?
      I live in Shiraz.
      """#
    let arabic = """
      معنى **look after** (someone) هو «يعتني».
      Cats تعني قططًا، و I have 2 cats! تعني «عندي قطتان».
      تابع بـ /learn أو افتح https://tutor.example/a/?b=1 الآن.
      مستواك A2 (من 6)، ورقمنا +98 21 1234 5678.
      """
    let english = "“Look after” is مراقبت کردن in Persian; see https://tutor.example/a/?b=1 (free)."
    return Reply(language.pick(en: english, fa: persian, ar: arabic))
  }

  /// Paragraphs of eight sentences, and more than any channel takes at once.
  private static func story(_ language: LanguageCode) -> String {
    let sentences = (1...240).map { number in
      let digits = Numerals.localise(String(number), language: language)
      return language.pick(
        en: "On day \(digits) the baker opened **early**, and it rained.",
        fa: "روز \(digits) نانوا **زود** باز کرد و باران می‌بارید.",
        ar: "في اليوم \(digits) فتح الخباز **مبكرًا** وكانت تمطر.")
    }
    return stride(from: 0, to: sentences.count, by: 8).map {
      sentences[$0..<min($0 + 8, sentences.count)].joined(separator: " ")
    }.joined(separator: "\n\n")
  }
}

extension LanguageCode {
  static let spoken: [LanguageCode] = [.english, .persian, .arabic]

  func pick(en: String, fa: String, ar: String) -> String {
    switch self {
    case .persian: fa
    case .arabic: ar
    case _: en
    }
  }
}
