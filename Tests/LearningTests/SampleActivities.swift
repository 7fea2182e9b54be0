import Conversation
import Language
import Learning

/// One activity of each type that is not in the sample lesson, by its name.
enum SampleActivities {
  static let explanation = "explanation: { en: \"Because.\", fa: \"چون.\" }"
  private static let hint = "hint: { fa: \"یعنی این.\" }"

  static let all: [(type: String, yaml: String)] = [
    (
      "image_selection",
      """
      prompt: "Which one is a receipt?"
      \(hint)
      pictures:
        - { emoji: "🧾", alt: { en: "paper with prices", fa: "رسید" } }
        - { emoji: "💳", alt: { en: "a bank card", fa: "کارت بانکی" } }
        - { emoji: "☕🍰", alt: { en: "coffee and cake", fa: "قهوه و کیک" } }
      answer: "🧾"
      """
    ),
    (
      "spelling",
      """
      word: "receipt"
      meaning: { en: "it shows what you paid", fa: "رسید" }
      """
    ),
    (
      "listening_comprehension",
      """
      speech: "The bank opens tomorrow at nine."
      prompt: "When does it open?"
      \(hint)
      options: ["Tomorrow at nine", "Today at nine", "Tomorrow at five"]
      answer: "Tomorrow at nine"
      """
    ),
    (
      "pronunciation",
      """
      speech: "Can I have the receipt, please?"
      \(hint)
      instead:
        prompt: "Which word rhymes with “receipt”?"
        options: ["street", "script", "accept"]
        answer: "street"
      """
    ),
    (
      "grammar_correction",
      """
      sentence: "She don't likes black coffee."
      \(hint)
      answers: ["She doesn't like black coffee.", "She did not like black coffee."]
      """
    ),
    (
      "dictation",
      """
      speech: "We would like two cups of tea, please."
      \(hint)
      accepts: ["Two cups of tea, please."]
      """
    ),
    (
      "translation",
      """
      to: en
      source: { fa: "می‌شود با کارت پرداخت کنم؟", en: "Ask whether you may use your card." }
      answers: ["Can I pay by card?", "Could I pay by card?", "Can I pay with my card?"]
      """
    ),
    (
      "short_answer",
      """
      prompt: "What does Sara ask for?"
      \(hint)
      answers: ["The receipt", "She asks for a receipt"]
      """
    ),
    (
      "dialogue_completion",
      """
      \(hint)
      lines:
        - { speaker: "Waiter", text: "Anything to eat?" }
        - { speaker: "You", text: "___" }
      options: ["Yes, a piece of cake, please.", "Yes, I eat.", "No, he isn't."]
      answer: "Yes, a piece of cake, please."
      accepts: ["I'd like a piece of cake, please."]
      """
    ),
    (
      "odd_one_out",
      """
      words: ["coffee", "water", "bread", "juice"]
      answer: "bread"
      """
    ),
    (
      "categorisation",
      """
      groups:
        - { name: { en: "Drinks", fa: "نوشیدنی" }, words: ["coffee", "water"] }
        - { name: { en: "Food", fa: "خوراک" }, words: ["bread", "cheese"] }
      """
    ),
    (
      "word_formation",
      """
      prompt: "Thank you for your ___."
      root: "kind"
      \(hint)
      answers: ["kindness"]
      """
    ),
    (
      "cloze_passage",
      """
      passage: "She hasn't got {1} bread. She buys {2} cakes. How {3} money does she pay?"
      \(hint)
      gaps:
        - { options: ["any", "some", "many"], answers: ["any", "enough"] }
        - { options: ["much", "little", "several"], answers: ["several", "some"] }
        - { options: ["much", "many", "few"], answers: ["much"] }
      """
    ),
    (
      "speaking_prompt",
      """
      prompt: "Order something in a café and ask for the price."
      \(hint)
      key_points: [["tea", "coffee"], ["cake", "sandwich"], ["how much", "what does it cost"]]
      words_min: 10
      sample: "Can I have a cup of tea and a piece of cake? How much is it?"
      """
    ),
  ]

  static let intoPersian = """
    to: fa
    source: { en: "How much is it?" }
    answers: ["چقدر می‌شود؟", "قیمتش چقدر است؟"]
    instead:
      prompt: "What is it about?"
      options: ["The price", "The size", "The time"]
      answer: "The price"
    """

  static let keyPoints = """
    prompt: "How do you get to work?"
    \(hint)
    answers: ["I go by bus and study on the way."]
    key_points: [["bus", "metro", "walk"], ["study", "read"]]
    """

  /// A lesson with these activities first; the sample's own make it long enough.
  static func curriculum(_ activities: [(type: String, yaml: String)]) throws -> Curriculum {
    try Curriculum([
      ContentFolder.File(name: SampleLesson.file, text: text(activities))
    ])
  }

  static func text(_ activities: [(type: String, yaml: String)]) -> String {
    let written = activities.map { activity in
      let lines = (activity.yaml + "\n" + explanation).split(separator: "\n")
      return "  - type: \(activity.type)\n" + lines.map { "    \($0)\n" }.joined()
    }
    return SampleLesson.text().replacing(
      "activities:\n", with: "activities:\n" + written.joined(), maxReplacements: 1)
  }

  static func named(_ type: String) -> (type: String, yaml: String) {
    all.first { $0.type == type } ?? (type, "")
  }
}
