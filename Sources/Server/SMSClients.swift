import Channels
import Transport

/// The two providers' clients, as far as they are set up, each with its proxy and its circuit.
struct SMSClients: Sendable {
  let kavenegar: (client: KavenegarClient, provider: ProviderClient)?
  let twilio: (client: TwilioClient, provider: ProviderClient)?

  init(_ settings: Settings, client: HTTPClient) {
    kavenegar = settings.sms.kavenegar.map { kavenegar in
      let provider = Self.provider(.kavenegar, kavenegar.apiKey, settings, client)
      return (
        KavenegarClient(
          key: KavenegarKey(kavenegar.apiKey), baseURL: kavenegar.apiURL, provider: provider),
        provider
      )
    }
    twilio = settings.sms.twilio.map { twilio in
      let provider = Self.provider(.twilio, twilio.authToken, settings, client)
      return (
        TwilioClient(
          accountSID: twilio.accountSID, authToken: twilio.authToken, baseURL: twilio.apiURL,
          provider: provider),
        provider
      )
    }
  }

  private static func provider(
    _ name: Settings.Provider, _ secret: String, _ settings: Settings, _ client: HTTPClient
  ) -> ProviderClient {
    ProviderClient(
      name: name.rawValue, client: client, proxy: settings.outgoing.proxy(for: name),
      secrets: [secret])
  }
}
