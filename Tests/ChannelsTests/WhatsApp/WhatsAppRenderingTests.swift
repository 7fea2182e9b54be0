import Channels
import Conversation
import Standins
import Testing

/// What people read.
struct WhatsAppRenderingTests {
  @Test(arguments: [
    ("en", "**bold** _italic_ `code`", "*bold* _italic_ `code`"),
    // A style needs a word's border on both sides.
    ("en", "un**bold**ed", "unbolded"),
    ("fa", "**سارا**‌جان", "*سارا*‌جان"),
    ("en", "**two\nlines**", "*two*\n*lines*"),
    ("en", "** spaced **", " *spaced* "),
    // A person's own characters are seen and do nothing.
    ("en", #"\*not bold\*"#, "\u{2217}not bold*"),
    ("en", #"\_no\_ ~no~"#, "\u{02CD}no_ \u{223C}no~"),
    ("en", #"snake\_case 2 \* 3 5\*"#, "snake_case 2 * 3 5*"),
    ("en", #"\_\_\_ you"#, "\u{02CD}\u{02CD}\u{02CD} you"),
    ("en", #"\`\`\`x"#, "\u{02CB}\u{02CB}\u{02CB}x"),
    ("en", #"**a\*b**"#, "a*b"),
    (
      "fa", "Hello یعنی سلام\nسلام hello",
      "\u{200F}\u{2066}Hello\u{2069} یعنی سلام\nسلام \u{2066}hello\u{2069}"
    ),
    ("en", "Hello یعنی سلام", "Hello یعنی سلام"),
    ("fa", "می‌خواهم", "می‌خواهم"),
  ])
  func `markup becomes WhatsApp's`(
    _ language: String, _ markup: String, _ expected: String
  ) async throws {
    try await WhatsAppAPIStandin.with { standin in
      let talk = try WhatsAppTalk(
        TestWhatsApp.port(standin.url), saying: Reply(markup), language: language)
      _ = try await talk.deliver()
      #expect(standin.calls(.message).first?.text == expected)
      #expect(standin.violations == [])
    }
  }

  @Test func `links show no preview`() async throws {
    try await WhatsAppAPIStandin.with { standin in
      _ = try await WhatsAppTalk(
        TestWhatsApp.port(standin.url), saying: Reply("https://example.org")
      ).deliver()
      #expect(standin.calls(.message).first?.body["text"]?["preview_url"] == .bool(false))
    }
  }
}
