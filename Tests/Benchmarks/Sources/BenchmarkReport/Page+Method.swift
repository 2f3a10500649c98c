import Charts

extension Page {
  var method: String {
    ["## How it was measured\n", turns, ratios, agreement ?? ""].filter { !$0.isEmpty }
      .joined(separator: "\n")
  }

  private var turns: String {
    """
    Each contender is a process of its own with \(report.machine.threads) threads. Only one runs \
    at a time: the others are stopped meanwhile, so that nobody's waiting threads take another's \
    core. In each of \(report.rounds) rounds every contender of a row takes its turn, in reverse \
    order every other round. A turn is one call that does not count and then as many as take about \
    20 ms, timed together by the wall clock. A contender that needs seconds for a row has fewer \
    rounds of it. Inputs lie in memory before the clock starts, and work that a peer puts off is \
    waited for before it stops.

    """
  }

  private var ratios: String {
    """
    A figure is the median over the rounds. A ratio, in brackets, is the median of the rounds' own \
    ratios, and one of speeds: above 1, \(report.ours) is faster. Targets over peers and the best \
    peer go by it. A multiple of the plain one is a ratio of times: less is better. Where it has a \
    target, a contender runs both cases four times in each turn, and the figure is the median over \
    all these pairs.

    """
  }

  /// What the choice of the measure means.
  private var agreement: String? {
    guard let agreement = report.agreement else { return nil }
    var text = """
      So a ratio need not equal the quotient of two figures. Of the \(agreement.figures) \
      ratios of products, \(agreement.apartByFive) are apart from the quotient by over 5 %, \
      \(agreement.apartByTen) by over 10 %. Of \(agreement.judged) rows with a target over peers, \
      \(agreement.judgedOtherwise) would be judged otherwise by quotients, marked †.
      """
    if let byRatios = agreement.meanOfRatios, let byQuotients = agreement.meanOfQuotients {
      text += """
         The geometric mean of the speed over the best peer's, over all small and odd products, is \
        \(NumberText.decimals(byRatios, 3)) by ratios and \(NumberText.decimals(byQuotients, 3)) by \
        quotients.
        """
    }
    return text + "\n"
  }
}
