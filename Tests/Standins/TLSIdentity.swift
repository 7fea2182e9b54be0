import CTLS
import Foundation

// Proof: OpenSSL counts the references to a context itself and lets many threads make sessions of
// one; it is not changed once `init` is done.
/// Who a server is, and that it speaks HTTP/2 to those who can.
package final class TLSIdentity: @unchecked Sendable {
  private let context: OpaquePointer

  init(key: OpaquePointer, certificate: OpaquePointer) throws(TestAuthority.Unavailable) {
    guard let context = SSL_CTX_new(TLS_server_method()) else { throw TestAuthority.Unavailable() }
    self.context = context
    guard SSL_CTX_use_certificate(context, certificate) == 1,
      SSL_CTX_use_PrivateKey(context, key) == 1
    else { throw TestAuthority.Unavailable() }
    tls_offer_http2(context)
  }

  deinit { SSL_CTX_free(context) }

  /// The server's end of TLS on this thread's connection; nil when the peer does not like what it
  /// sees.
  func accept(_ descriptor: Int32) -> TLSSession? {
    // OpenSSL writes without asking to be spared the signal of a peer that is gone.
    var signals = sigset_t()
    sigemptyset(&signals)
    sigaddset(&signals, SIGPIPE)
    pthread_sigmask(SIG_BLOCK, &signals, nil)
    guard let session = SSL_new(context) else { return nil }
    guard SSL_set_fd(session, descriptor) == 1, SSL_accept(session) == 1 else {
      SSL_free(session)
      return nil
    }
    return TLSSession(session)
  }
}

// Proof: a session belongs to one connection, whose script runs on one thread.
/// One TLS connection; every call blocks.
package final class TLSSession: @unchecked Sendable {
  private let session: OpaquePointer

  init(_ session: OpaquePointer) { self.session = session }

  deinit { SSL_free(session) }

  func read(max: Int) -> [UInt8]? {
    var buffer = [UInt8](repeating: 0, count: max)
    let count = Int(SSL_read(session, &buffer, Int32(clamping: max)))
    return count > 0 ? Array(buffer[..<count]) : nil
  }

  /// How many of the bytes were written; none once the peer is gone.
  func write(_ bytes: UnsafeRawBufferPointer) -> Int {
    Int(SSL_write(session, bytes.baseAddress, Int32(clamping: bytes.count)))
  }

  func endOutput() { SSL_shutdown(session) }
}
