import Testing

@testable import EmbeddedSpeech

/// The words that are said for what is written, where hearing them one by one would take long.
@Suite struct SpokenTextTests {
  @Test(arguments: [
    ("I'm at home.", "i'm at home"),
    ("“Don’t!” she said.", "don't she said"),
    ("A well-known, state-of-the-art film", "a well known state of the art film"),
    ("0 7 13 20 42 100", "zero seven thirteen twenty forty two one hundred"),
    ("365 days", "three hundred sixty five days"),
    ("1,234,567", "one million two hundred thirty four thousand five hundred sixty seven"),
    (
      "in 1998, 2005, 1900, 2024 and 1805",
      "in nineteen ninety eight two thousand five nineteen hundred twenty twenty four and"
        + " eighteen oh five"
    ),
    ("the 1990s and the 80s", "the nineteen nineties and the eighties"),
    (
      "1st 2nd 3rd 12th 20th 31st",
      "first second third twelfth twentieth thirty first"
    ),
    (
      "7:30 8:05 9:00 6:15pm 10:00am",
      "seven thirty eight oh five nine o'clock six fifteen p m ten a m"
    ),
    ("$5, £1 and €3.50", "five dollars one pound and three euros and fifty cents"),
    ("3.14", "three point one four"),
    ("-5°C", "minus five degrees celsius"),
    ("20% of 5km or 1kg", "twenty percent of five kilometers or one kilogram"),
    ("Call 0912345", "call zero nine one two three four five"),
    (
      "Mr. Brown and Dr. Lee live on King St.",
      "mister brown and doctor lee live on king street"
    ),
    ("St. Paul", "saint paul"),
    ("e.g. cats, dogs, etc.", "for example cats dogs et cetera"),
    ("No. I have no sun.", "no i have no sun"),
    ("the U.S.A. on TV at the BBC", "the u s a on t v at the b b c"),
    ("bread & butter", "bread and butter"),
    ("and/or", "and or"),
    ("9-5", "nine to five"),
    ("۲۵ books", "twenty five books"),
    ("*Hello*, _world_…", "hello world"),
    ("", ""),
  ])
  func `a text is what is said for it`(written: String, spoken: String) throws {
    let text = try #require(SpokenText(written))
    #expect(text.spoken.joined(separator: " ") == spoken)
  }

  @Test func `numbers of every size have words`() {
    #expect(NumberWords.cardinal(NumberWords.max).joined(separator: " ").hasSuffix("ninety nine"))
    #expect(NumberWords.cardinal(1_000_000) == ["one", "million"])
    #expect(NumberWords.cardinal(700_010) == ["seven", "hundred", "thousand", "ten"])
  }
}
