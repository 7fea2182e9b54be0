/// How many tokens may be used up, and how much may be paid, in a day (UTC).
package struct ModelBudget: Sendable, Equatable {
  package static let standard = ModelBudget(
    tokensPerPersonDaily: 60_000, tokensDaily: 2_000_000, centsDaily: nil)

  package let tokensPerPersonDaily: Int
  package let tokensDaily: Int
  /// Hundredths of the operator's currency, by the providers' prices; nil for no limit.
  package let centsDaily: Int?

  package init(tokensPerPersonDaily: Int, tokensDaily: Int, centsDaily: Int?) {
    self.tokensPerPersonDaily = tokensPerPersonDaily
    self.tokensDaily = tokensDaily
    self.centsDaily = centsDaily
  }
}
