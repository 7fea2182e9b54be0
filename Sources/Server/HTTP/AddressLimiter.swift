import HTTPTypes
import Hummingbird
import Storage
import Synchronization

/// A token bucket for each address a visitor comes from, and for each chat.
final class AddressLimiter: Sendable {
  struct Rate: Sendable {
    let perSecond: Double
    let burst: Double
  }

  /// Buckets beyond this number are forgotten, the full ones first.
  static let bucketsMax = 20_000

  private struct Bucket {
    var tokens: Double
    var filledAt: Timestamp
  }

  private let rate: Rate
  private let trustedProxies: Set<String>
  private let buckets = Mutex<[String: Bucket]>([:])

  init(_ rate: Rate, trustedProxies: Set<String>) {
    self.rate = rate
    self.trustedProxies = trustedProxies
  }

  /// Takes a token for `key`.
  ///
  /// - Throws: `HTTPFault.tooManyRequests`.
  func admit(_ key: String, at now: Timestamp) throws(HTTPFault) {
    let isAdmitted = buckets.withLock { buckets in
      if buckets.count >= Self.bucketsMax { forget(&buckets, at: now) }
      var bucket = buckets[key] ?? Bucket(tokens: rate.burst, filledAt: now)
      refill(&bucket, at: now)
      let isAdmitted = bucket.tokens >= 1
      if isAdmitted { bucket.tokens -= 1 }
      buckets[key] = bucket
      return isAdmitted
    }
    guard isAdmitted else {
      throw .tooManyRequests(retryAfterSeconds: max(1, Int((1 / rate.perSecond).rounded(.up))))
    }
  }

  /// The visitor's address; behind a proxy we trust, the one it vouches for.
  func address(of request: Request, _ context: AppContext) -> String {
    let peer = context.remoteAddress?.ipAddress ?? "unknown"
    guard trustedProxies.contains(peer), let forwarded = request.headers[.forwardedFor],
      let nearest = forwarded.split(separator: ",").last
    else { return peer }
    return nearest.filter { !$0.isWhitespace }
  }

  private func refill(_ bucket: inout Bucket, at now: Timestamp) {
    let elapsed = Double(max(0, now.milliseconds - bucket.filledAt.milliseconds)) / 1_000
    bucket.tokens = min(rate.burst, bucket.tokens + elapsed * rate.perSecond)
    bucket.filledAt = now
  }

  private func forget(_ buckets: inout [String: Bucket], at now: Timestamp) {
    buckets = buckets.filter { _, bucket in
      var bucket = bucket
      refill(&bucket, at: now)
      return bucket.tokens < rate.burst
    }
    if buckets.count >= Self.bucketsMax { buckets = [:] }
  }
}
