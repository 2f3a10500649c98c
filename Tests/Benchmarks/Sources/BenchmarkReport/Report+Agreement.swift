import Foundation

/// How far the two measures of a speed over another agree: the median of the rounds' ratios, and the quotient of the medians.
struct Agreement: Equatable {
  /// Peers' figures in the rows of products that have both.
  var figures: Int
  /// Of these, where the greater measure is over 1.05 and over 1.1 times the less.
  var apartByFive: Int
  var apartByTen: Int
  /// Rows whose target asks for a multiple of a peer's speed, and those that quotients would judge otherwise.
  var judged: Int
  var judgedOtherwise: Int
  /// The geometric mean over the small and odd products of the ratio to the best peer, by either measure.
  var meanOfRatios: Double?
  var meanOfQuotients: Double?
}

extension Row {
  /// Whether a target that asks for a multiple of a peer's speed would be judged otherwise by the quotients of the figures.
  var isJudgedOtherwiseByQuotients: Bool {
    // A mean's figures are means themselves.
    guard ratio?[Row.bestOfEach] == nil else { return false }
    let verdicts = aims.compactMap { aim -> (byRatio: Bool, byQuotient: Bool)? in
      guard let peer = aim.peer, let ratio = ratio(over: peer), let quotient = quotient(over: peer)
      else { return nil }
      return (ratio >= aim.number, quotient >= aim.number)
    }
    return verdicts.allSatisfy(\.byRatio) != verdicts.allSatisfy(\.byQuotient)
  }
}

extension Report {
  /// Nil in a run without peers' products.
  var agreement: Agreement? {
    let products = rows.filter { $0.unit == "GFLOP/s" && $0.work != nil }
    let apart = products.flatMap { row in
      row.quotients.compactMap { peer, quotient in
        row.ratio?[peer].map { max($0 / quotient, quotient / $0) }
      }
    }
    guard !apart.isEmpty else { return nil }
    let judged = rows.filter { row in
      row.ratio?[Row.bestOfEach] == nil && row.aims.contains { $0.peer != nil } && row.met != nil
    }
    let shapes = products.filter { $0.group == .shapes }
    return Agreement(
      figures: apart.count, apartByFive: apart.count { $0 > 1.05 },
      apartByTen: apart.count { $0 > 1.1 }, judged: judged.count,
      judgedOtherwise: judged.count { $0.isJudgedOtherwiseByQuotients },
      meanOfRatios: Self.geometricMean(shapes.compactMap { $0.ratio(over: Aim.bestPeer) }),
      meanOfQuotients: Self.geometricMean(shapes.compactMap { $0.quotient(over: Aim.bestPeer) }))
  }

  private static func geometricMean(_ values: [Double]) -> Double? {
    if values.isEmpty { return nil }
    return exp(values.map { log($0) }.reduce(0, +) / Double(values.count))
  }
}
