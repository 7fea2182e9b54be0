import Standins
import Testing
import Transport

/// A label longer than names may be: it fails to resolve without asking any server.
let impossibleName = String(repeating: "n", count: 64) + ".invalid"

/// Runs a body against a scripted server and a client of its own; both are gone afterwards.
func withServer(
  limits: HTTPClient.Limits = HTTPClient.Limits(), _ script: @escaping FaultyServer.Script,
  _ body: (FaultyServer, HTTPClient) async throws -> Void
) async throws {
  let server = try FaultyServer(script)
  let client = HTTPClient(limits: limits)
  let outcome: Result<Void, any Error>
  do {
    outcome = .success(try await body(server, client))
  } catch {
    outcome = .failure(error)
  }
  await client.shutdown()
  server.stop()
  try outcome.get()
}

extension HTTPClient {
  /// The failure of a request that must not succeed.
  func failure(of request: HTTPRequest) async throws -> HTTPFailure {
    do {
      let response = try await send(request)
      throw UnexpectedAnswer(status: response.status)
    } catch let failure as HTTPFailure {
      return failure
    }
  }
}

struct UnexpectedAnswer: Error {
  let status: Int
}
