import Feedback
import Testing

struct SpanTests {
  @Test(arguments: [
    "سلام! I has a cat 😀 and he go home.", "😀😀 She don't know 👩‍👩‍👧‍👦 nothing.",
    "  Two   spaces  and teh word . ", "“He go to school,” she said.", "i’m happy but he dont know",
    "See https://example.com/a_b?c=d and tell me teh answer.", "Mail me@example.com or @teh_user.",
    "Use `teh code here` and not teh text.", "من goes کتاب را I is here",
    "line one is good\nhe go now",
    "12years ago he have 3.5 cat , maybe", "She didn't went to a hospital in Monday.",
    "You like coffee? Where you live? I very tired.",
  ])
  func `findings lie exactly on the text and make the corrected one`(_ text: String) throws {
    for mode in CheckMode.allCases {
      let check = try Checking.check(text, mode)
      let units = Array(text.utf16)
      var end = 0
      for finding in check.findings {
        #expect(finding.range.lowerBound >= end)
        #expect(!finding.range.isEmpty)
        end = finding.range.upperBound
        #expect(String(decoding: units[finding.range], as: UTF16.self) == finding.said)
        #expect(finding.said != finding.replacement)
      }
      #expect(Checking.applied(check.findings, to: text) == check.corrected)
    }
  }

  @Test func `a mistake between Persian and emoji is found at its place`() throws {
    let text = "😀 سلام، She go home 😀"
    let check = try Checking.check(text)
    let finding = try #require(check.findings.first)
    #expect(finding.said == "go")
    #expect(finding.replacement == "goes")
    let start = "😀 سلام، She ".utf16.count
    #expect(finding.range == start..<start + 2)
  }

  @Test(arguments: [
    "https://teh.example.com/wich?becuase=1", "@teh_freind", "#recieve", "`teh wich`",
    "سلام دوست من",
    "user@freind.com", "snake_cse_name", "file.txt", "camelCaseNmae", "۱۲۳ ۴۵۶", "12:30", "C++",
    "```\nteh code\n```",
  ])
  func `addresses, names, code and other scripts are left alone`(_ text: String) throws {
    #expect(try Checking.check(text).corrected == text)
  }

  @Test func `what is put in is shown with a neighbour`() throws {
    let check = try Checking.check("She is nurse.")
    #expect(check.findings.map(\.said) == ["nurse"])
    #expect(check.findings.map(\.replacement) == ["a nurse"])
  }
}
