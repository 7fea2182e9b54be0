import Configuration
import Server
import Testing

struct WhatsAppSettingsTests {
  private static let whole = [
    "WHATSAPP_ACCESS_TOKEN": "EAAtoken", "WHATSAPP_PHONE_NUMBER_ID": "106540352242922",
    "WHATSAPP_APP_SECRET": "secret", "WHATSAPP_VERIFY_TOKEN": "verify",
  ]

  @Test func `with nothing set there is no WhatsApp`() throws {
    #expect(try Self.settings([:]).whatsApp?.phoneNumberID == nil)
  }

  @Test func `the whole set is taken, and its secrets are known as such`() throws {
    let settings = try Self.settings(
      Self.whole.merging(["WHATSAPP_API_URL": "http://127.0.0.1:9/"]) { $1 })
    #expect(settings.whatsApp?.apiURL == "http://127.0.0.1:9")
    #expect(settings.whatsApp?.messagesPerSecond == 80)
    #expect(settings.secrets == ["EAAtoken", "secret", "verify"])
  }

  @Test(arguments: [
    "WHATSAPP_ACCESS_TOKEN", "WHATSAPP_PHONE_NUMBER_ID", "WHATSAPP_APP_SECRET",
  ])
  func `what is missing is named`(_ name: String) throws {
    var variables = Self.whole
    variables[name] = nil
    #expect(throws: SettingsFault.self) { try Self.settings(variables) }
    do {
      _ = try Self.settings(variables)
    } catch let fault as SettingsFault {
      #expect(fault.problems.count == 1 && fault.problems[0].hasPrefix(name))
    }
  }

  @Test(arguments: [
    ("WHATSAPP_PHONE_NUMBER_ID", "+98 912"), ("WHATSAPP_ACCESS_TOKEN", "two words"),
    ("WHATSAPP_MESSAGES_PER_SECOND", "0"), ("WHATSAPP_API_URL", "graph.facebook.com"),
  ])
  func `a value that cannot be is refused without being shown`(
    _ name: String, _ value: String
  ) throws {
    do {
      _ = try Self.settings(Self.whole.merging([name: value]) { $1 })
      Issue.record("taken")
    } catch let fault as SettingsFault {
      #expect(fault.problems.count == 1)
      #expect(fault.description.contains(name) && !fault.description.contains("two words"))
    }
  }

  private static func settings(_ variables: [String: String]) throws -> Settings {
    try Settings(
      ConfigReader(provider: EnvironmentVariablesProvider(environmentVariables: variables)))
  }
}
