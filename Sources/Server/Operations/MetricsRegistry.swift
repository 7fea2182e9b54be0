package import CoreMetrics
import Synchronization

/// Keeps the numbers the program counts and writes them in Prometheus' text format (version
/// 0.0.4).
package final class MetricsRegistry: MetricsFactory {
  /// Metrics beyond this many are counted but not shown: a label must not grow without bound.
  static let seriesMax = 2_000

  private let series = Mutex<[Series: Cell]>([:])

  package init() {}

  struct Series: Hashable {
    let name: String
    let labels: String
    let kind: Kind

    enum Kind: String {
      case counter
      case gauge
      case summary
    }
  }

  package func makeCounter(
    label: String, dimensions: [(String, String)]
  ) -> any CounterHandler {
    cell(label, dimensions, .counter)
  }

  package func makeFloatingPointCounter(
    label: String, dimensions: [(String, String)]
  ) -> any FloatingPointCounterHandler {
    cell(label, dimensions, .counter)
  }

  package func makeMeter(label: String, dimensions: [(String, String)]) -> any MeterHandler {
    cell(label, dimensions, .gauge)
  }

  package func makeRecorder(
    label: String, dimensions: [(String, String)], aggregate: Bool
  ) -> any RecorderHandler {
    cell(label, dimensions, aggregate ? .summary : .gauge)
  }

  package func makeTimer(label: String, dimensions: [(String, String)]) -> any TimerHandler {
    cell(label, dimensions, .summary)
  }

  // Handlers are shared by everybody who names the same series, so none is ever taken away.
  package func destroyCounter(_ handler: any CounterHandler) {}
  package func destroyFloatingPointCounter(_ handler: any FloatingPointCounterHandler) {}
  package func destroyMeter(_ handler: any MeterHandler) {}
  package func destroyRecorder(_ handler: any RecorderHandler) {}
  package func destroyTimer(_ handler: any TimerHandler) {}

  /// All series, sorted by name.
  package func prometheusText() -> String {
    let cells = series.withLock { $0 }
    var text = ""
    var described: Set<String> = []
    for (series, cell) in cells.sorted(by: {
      ($0.key.name, $0.key.labels) < ($1.key.name, $1.key.labels)
    }) {
      if described.insert(series.name).inserted {
        text += "# TYPE \(series.name) \(series.kind.rawValue)\n"
      }
      let value = cell.value
      switch series.kind {
      case .counter, .gauge: text += "\(series.name)\(series.labels) \(number(value.sum))\n"
      case .summary:
        text += "\(series.name)_sum\(series.labels) \(number(value.sum))\n"
        text += "\(series.name)_count\(series.labels) \(value.count)\n"
      }
    }
    return text
  }

  private func cell(
    _ label: String, _ dimensions: [(String, String)], _ kind: Series.Kind
  ) -> Cell {
    let key = Series(name: sanitised(label), labels: labels(dimensions), kind: kind)
    return series.withLock { series in
      if let known = series[key] { return known }
      let cell = Cell(kind)
      if series.count < Self.seriesMax { series[key] = cell }
      return cell
    }
  }

  private func sanitised(_ label: String) -> String {
    String(label.map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "_" })
  }

  private func labels(_ dimensions: [(String, String)]) -> String {
    guard !dimensions.isEmpty else { return "" }
    let pairs = dimensions.map { name, value in
      let escaped = value.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
        .replacing("\n", with: "\\n")
      return "\(sanitised(name))=\"\(escaped)\""
    }
    return "{" + pairs.joined(separator: ",") + "}"
  }

  private func number(_ value: Double) -> String {
    value == value.rounded() && abs(value) < 1e15 ? String(Int64(value)) : String(value)
  }
}

/// One number that grows or moves, whatever it is called.
final class Cell: CounterHandler, FloatingPointCounterHandler, MeterHandler, RecorderHandler,
  TimerHandler
{
  struct Value {
    var sum = 0.0
    var count = 0
  }

  private let kind: MetricsRegistry.Series.Kind
  private let state = Mutex(Value())

  init(_ kind: MetricsRegistry.Series.Kind) { self.kind = kind }

  var value: Value { state.withLock { $0 } }

  func increment(by amount: Int64) { add(Double(amount)) }
  func increment(by amount: Double) { add(amount) }
  func decrement(by amount: Double) { add(-amount) }
  func reset() { state.withLock { $0 = Value() } }
  func set(_ value: Int64) { state.withLock { $0.sum = Double(value) } }
  func set(_ value: Double) { state.withLock { $0.sum = value } }
  func record(_ value: Int64) { record(Double(value)) }

  /// A gauge shows what was recorded last, a summary adds it up.
  func record(_ value: Double) {
    switch kind {
    case .gauge: set(value)
    case .counter, .summary: add(value)
    }
  }

  /// Prometheus counts time in seconds.
  func recordNanoseconds(_ duration: Int64) { add(Double(duration) / 1e9) }

  private func add(_ amount: Double) {
    state.withLock { value in
      value.sum += amount
      value.count += 1
    }
  }
}
