import Speech
import Testing

@Suite struct ProfanityTests {
  @Test(arguments: [
    ("What a shitty bitch", "What a s*** b***"), ("FUCKING", "F***"), ("Fuck-up", "F***-up"),
    ("او جنده است", "او ج*** است"),
  ])
  func `swear words are cut down to a letter`(text: String, masked: String) {
    #expect(ProfanityMask.masked(text) == masked)
  }

  @Test(arguments: [
    "The ship has a class of assistants in Scunthorpe.", "Dick and Fanny pass the cocktail.",
    "Shitake? I like peas, rich stew and a pushy cat.", "کس دیگری آمد", "", "... 12 !",
    "Whoever swims hits the kitchen; a pist is not a piste.",
  ])
  func `innocent words stay as they are`(text: String) {
    #expect(ProfanityMask.masked(text) == text)
  }
}
