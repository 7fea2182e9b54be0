import Channels
import Conversation
import Testing

/// `⟨…⟩` stands for an isolate, `R` and `L` in braces for marks.
struct MixedScriptsTests {
  private func shown(
    _ markup: String, on channel: Channel, in language: LanguageCode = .persian
  ) -> String {
    let capabilities = channel == .sms ? SMSPort.capabilities : TelegramPort.capabilities
    let text = ChannelPreview.messages(
      Reply(markup), on: channel, capabilities, in: language, listLabels: [:]
    ).map(\.text).joined()
    return text.replacing("\u{2066}", with: "⟨").replacing("\u{2069}", with: "⟩")
      .replacing("\u{200F}", with: "{R}").replacing("\u{200E}", with: "{L}")
  }

  @Test(arguments: [
    ("معنی look after چیست؟", "معنی ⟨look after⟩ چیست؟"),
    ("Hello یعنی سلام", "{R}⟨Hello⟩ یعنی سلام"),
    ("/learn – ادامه", "{R}⟨/learn⟩ – ادامه"),
    ("معنی **cat** چیست", "معنی ⟨<b>cat</b>⟩ چیست"),
    ("اینجا `/link AB-1` را", "اینجا ⟨<code>/link AB-1</code>⟩ را"),
    ("جملهٔ Where is it? را", "جملهٔ ⟨Where is it?⟩ را"),
    ("جملهٔ I am here. را", "جملهٔ ⟨I am here.⟩ را"),
    ("سطح A2.", "سطح ⟨A2⟩."),
    ("زبان C++ و go (went) و", "زبان ⟨C++⟩ و ⟨go (went)⟩ و"),
    ("تماس +98 21 12 با", "تماس ⟨+98 21 12⟩ با"),
    ("یا \\_\\_\\_ you like tea?", "یا ⟨___ you like tea?⟩"),
    // Numbers alone, addresses, lines of one script and what is marked already stay as they are.
    ("از 6 تا", "از 6 تا"), ("به https://a.example/b/ بروید", "به https://a.example/b/ بروید"),
    ("a@b.example را", "{R}a@b.example را"), ("I live in Shiraz.", "I live in Shiraz."),
    ("فقط فارسی", "فقط فارسی"), ("با \u{2066}x\u{2069} و y", "با ⟨x⟩ و y"),
    ("متن `الف x ب` و", "متن <code>الف x ب</code> و"),
  ])
  func `Latin words are set apart on Telegram`(_ markup: String, _ expected: String) {
    #expect(shown(markup, on: .telegram) == expected)
    #expect(!shown(markup, on: .telegram, in: .english).contains("{R}"))
  }

  @Test(arguments: [
    ("با /menu و", "با {L}/menu و"), ("سلام means hello", "سلام means hello"),
    ("جملهٔ Where is it? را", "جملهٔ Where is it?{L} را"),
    ("Hello یعنی سلام", "{R}Hello یعنی سلام"),
  ])
  func `a mark stands beside signs alone in an SMS`(_ markup: String, _ expected: String) {
    #expect(shown(markup, on: .sms) == expected)
  }

  @Test func `a mark that would begin another segment is left out`() {
    let text = "با /menu و " + String(repeating: "س", count: 70 - 11)
    #expect(shown(text, on: .sms) == text)
    #expect(shown(String(text.dropLast()), on: .sms).contains("{L}"))
  }
}
