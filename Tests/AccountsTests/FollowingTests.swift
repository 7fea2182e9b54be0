import Conversation
import Foundation
import Rehearsal
import Storage
import Testing

/// What follows a person from channel to channel.
struct FollowingTests {
  private func beginLesson(_ rehearsal: Rehearsal) throws {
    try rehearsal.say("/learn")
    try rehearsal.say("Start")
  }

  private func lessonState(_ stage: AccountsStage, _ rehearsal: Rehearsal) throws -> String? {
    try stage.database.readBlocking {
      try rehearsal.record($0)?.stack.frames.last { $0.flow == "lesson" }?.state
    }
  }

  @Test func `a lesson begun on Telegram goes on by SMS exactly where it was`() throws {
    let stage = try AccountsStage()
    try stage.introduce(stage.telegram, as: "Sara")
    try beginLesson(stage.telegram)
    try stage.telegram.say("1")
    try stage.telegram.say("skip")
    let state = try #require(try lessonState(stage, stage.telegram))
    let question = try #require(try stage.telegram.messages().last)
    let said = try stage.link(stage.telegram, stage.sms)
    #expect(said.first?.buttons.first == "Continue lesson")
    let resumed = try stage.sms.press("Continue lesson")
    // The link is laid over the question on Telegram, which showed it without the feedback.
    #expect(try lessonState(stage, stage.sms) == state)
    #expect(resumed.last?.buttons == question.buttons)
    #expect(try lessonState(stage, stage.telegram) == nil)
    #expect(try stage.number("SELECT count(*) AS n FROM lesson_runs") == 1)
  }

  @Test func `a button of the question that has moved away is answered kindly`() throws {
    let stage = try AccountsStage()
    try stage.introduce(stage.telegram, as: "Sara")
    try stage.link(stage.telegram, stage.sms)
    try beginLesson(stage.telegram)
    try stage.sms.say("/learn")
    let before = try stage.number("SELECT count(*) AS n FROM activity_answers")
    let said = try stage.telegram.press("Skip")
    #expect(said.first?.text.contains("older question") == true)
    #expect(try stage.number("SELECT count(*) AS n FROM activity_answers") == before)
    #expect(try stage.telegram.say("/learn").last?.text.isEmpty == false)
    #expect(try lessonState(stage, stage.sms) == nil)
  }

  @Test func `another lesson begun elsewhere leaves no stale one behind`() throws {
    let stage = try AccountsStage()
    try stage.introduce(stage.telegram, as: "Sara")
    try stage.link(stage.telegram, stage.sms)
    try beginLesson(stage.telegram)
    try stage.sms.say("/next")
    #expect(try lessonState(stage, stage.telegram) == nil)
    #expect(try lessonState(stage, stage.sms) != nil)
    #expect(try stage.number("SELECT count(*) AS n FROM lesson_runs") == 2)
  }

  @Test func `language, name and time zone are the same on both channels at once`() throws {
    let stage = try AccountsStage()
    try stage.introduce(stage.telegram, as: "Sara")
    try stage.link(stage.telegram, stage.web)
    try stage.web.say("/language")
    try stage.web.say("فارسی")
    #expect(try stage.telegram.say("/menu").last?.text == "Sara عزیز، دوست دارید چه کار کنیم؟")
    #expect(try stage.person(stage.telegram)?.timeZone == "Asia/Tehran")
  }

  @Test func `the reminder comes once, on the channel used last`() async throws {
    let stage = try AccountsStage()
    try stage.introduce(stage.telegram, as: "Sara", reminder: "08:00")
    try stage.link(stage.telegram, stage.web)
    try await stage.work()
    stage.advance(milliseconds: 60_000)
    try stage.web.say("/menu")
    let (telegram, web) = (
      try stage.telegram.messages().count, try stage.web.messages().count
    )
    for _ in 0..<3 { stage.advance(milliseconds: 86_400_000); try await stage.work() }
    #expect(try stage.telegram.messages().count == telegram)
    #expect(try stage.web.messages().count == web + 3)
  }

  @Test func `a reminder leaves a channel that was stopped for one that is served`() async throws {
    let stage = try AccountsStage()
    try stage.introduce(stage.telegram, as: "Sara", reminder: "08:00")
    try stage.link(stage.telegram, stage.web)
    try await stage.work()
    stage.advance(milliseconds: 60_000)
    try stage.telegram.say("stop")
    let (telegram, web) = (
      try stage.telegram.messages().count, try stage.web.messages().count
    )
    stage.advance(milliseconds: 86_400_000)
    try await stage.work()
    #expect(try stage.telegram.messages().count == telegram)
    #expect(try stage.web.messages().count == web + 1)
  }
}
