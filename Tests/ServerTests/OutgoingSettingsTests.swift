import Configuration
import Logging
import Server
import Synchronization
import Testing

struct OutgoingSettingsTests {
  private func settings(_ values: [String: String]) throws -> Settings {
    try Settings(
      ConfigReader(provider: EnvironmentVariablesProvider(environmentVariables: values)))
  }

  @Test func `one proxy serves all, but a provider may have its own, or none`() throws {
    let outgoing = try settings([
      "HTTPS_PROXY": "http://proxy.test:3128", "TELEGRAM_PROXY": "socks5://user:w%40rd@other.test",
      "KAVENEGAR_PROXY": "none",
    ]).outgoing
    #expect(outgoing.proxy(for: .whatsapp) == "http://proxy.test:3128")
    #expect(outgoing.proxy(for: .twilio) == "http://proxy.test:3128")
    #expect(outgoing.proxy(for: .telegram) == "socks5h://user:w%40rd@other.test")
    #expect(outgoing.proxy(for: .kavenegar) == nil)
  }

  @Test func `with nothing set everybody is called directly`() throws {
    let outgoing = try settings([:]).outgoing
    for provider in Settings.Provider.allCases { #expect(outgoing.proxy(for: provider) == nil) }
    #expect(outgoing.caFile == nil)
  }

  @Test func `faulty proxies are all named, and none is shown`() throws {
    let fault = #expect(throws: SettingsFault.self) {
      try settings([
        "HTTPS_PROXY": "proxy.test:3128", "TELEGRAM_PROXY": "ftp://user:hidden@proxy.test",
        "WHATSAPP_PROXY": "socks4://hidden.test", "TWILIO_PROXY": "http://",
      ])
    }
    let text = try #require(fault).description
    for name in ["HTTPS_PROXY", "TELEGRAM_PROXY", "WHATSAPP_PROXY", "TWILIO_PROXY"] {
      #expect(text.contains(name))
    }
    #expect(!text.contains("hidden"))
  }

  @Test func `a proxy's password never reaches the log`() throws {
    let settings = try settings(["TWILIO_PROXY": "http://user:w%40rd@proxy.test"])
    let lines = Mutex("")
    var logger = Logger(label: "test")
    logger.handler = JSONLogHandler(label: "test", secrets: settings.secrets) { line in
      lines.withLock { $0 += line }
    }
    logger.error("via http://user:w%40rd@proxy.test", metadata: ["password": "w@rd"])
    let line = lines.withLock { $0 }
    #expect(line.contains("via http://user:***@proxy.test"))
    #expect(line.contains(#""password":"***""#))
  }
}
