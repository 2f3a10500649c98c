import NoiseDistributions
import TestSupport
import Testing

@Suite("What modules add to a catalog")
struct TextRegistrationTests {
  @Test("A rule of a module's own is read, shared like any other, and written as what it is")
  func rule() throws {
    var catalog = NoiseCatalog.standard
    catalog.add(rule: "speckle", "standardDeviation", defaults: [.float(0.1)]) {
      .multiplying(
        Gaussian(mean: 1, standardDeviation: try $0.float("standardDeviation", in: .nonNegative)))
    }
    catalog.add(rule: "between", of: 1...2, "rate") {
      let drawn: any NoiseDistribution =
        $0.distributions.count == 1 ? $0.distributions[0] : Rademacher()
      return .replacing(drawn, rate: try $0.double("rate", in: .probability))
    }
    #expect(catalog.ruleNames.suffix(2) == ["speckle", "between"])
    #expect(
      catalog.ruleForms.suffix(2) == [
        "speckle[:standardDeviation] or speckle([standardDeviation][,shared=sharing])",
        "between(distribution,…,rate[,shared=sharing])",
      ])
    for (text, written) in [
      ("speckle", "multiplying(gaussian:0.1,1)"), ("speckle:0.5", "multiplying(gaussian:0.5,1)"),
      ("speckle(shared=perRow)", "multiplying(gaussian:0.1,1,shared=perRow)"),
      ("speckle(0.5,shared=blocks:3)", "multiplying(gaussian:0.5,1,shared=blocks:3)"),
      ("between(uniform:-1,1,0.25)", "replacing(uniform:-1,1,rate=0.25)"),
      ("between(uniform:-1,1,gaussian:1,0.25)", "replacing(rademacher,rate=0.25)"),
    ] {
      let rule = try catalog.rule(text)
      #expect(try catalog.text(of: rule) == written)
      #expect("\(try NoiseCatalog.standard.rule(written))" == "\(rule)")
    }
    let error = try #require(throws: NoiseTextError.self) { try catalog.rule("speckle:-1") }
    #expect(error.expected == "a finite number, 0 or more for standardDeviation of speckle")
    #expect(throws: NoiseTextError.self) { try NoiseCatalog.standard.rule("speckle") }
  }

  /// Draws that are repeated along a row.
  struct Repeated: RowNoiseDistribution {
    var size: Int
    var mean: Double { 0 }
    var variance: Double { 1 }
    func fillRow(_ row: inout MutableSpan<Float>, at address: NoiseAddress) {
      address.fillGaussians(&row)
      for column in row.indices.dropFirst() where column % size != 0 {
        row[column] = row[column - 1]
      }
    }
  }

  @Test("A distribution of rows, with a whole number")
  func rows() throws {
    var catalog = NoiseCatalog.standard
    catalog.add("repeated", "size") {
      Repeated(size: try $0.integer("size", in: 1...10))
    } numbers: {
      [.integer($0.size)]
    }
    let read = try #require(try catalog.distribution("repeated:3") as? Repeated)
    #expect(read.size == 3)
    #expect(try catalog.text(of: .adding(read)) == "adding(repeated:3)")
    for text in ["repeated:0", "repeated:11", "repeated:2.0", "repeated:1e0", "repeated:-inf"] {
      let error = try #require(throws: NoiseTextError.self) { try catalog.distribution(text) }
      #expect(error.expected == "a whole number in 1…10 for size of repeated")
    }
  }

  @Test("A number that text cannot be read with is not written")
  func numbers() throws {
    let catalog = NoiseCatalog.extended
    func reason(_ distribution: any NoiseDistribution) throws -> String {
      let error = try #require(throws: NoiseNotWritableError.self) {
        try catalog.text(of: distribution)
      }
      return error.reason
    }
    #expect(try reason(Wedge(width: .nan)) == "its width is NaN")
    #expect(try reason(Between(base: Wedge(width: 1), low: .nan, high: 1)) == "its low is NaN")
    #expect(try reason(Between(base: Wedge(width: .nan), low: 0, high: 1)) == "its width is NaN")
    #expect(
      try reason(Wedge(width: .infinity))
        == "the text would be refused at character 7 of \"wedge:inf\": received \"inf\"; expected a finite number greater than 0 for width of wedge"
    )
    for weight in [Double.nan, .infinity, 0.25] {
      let parts: [(weight: Double, distribution: any NoiseDistribution)] = [
        (weight, Wedge(width: 1)), (0.5, Wedge(width: 2)),
      ]
      #expect(try reason(Blend(parts: parts)).hasPrefix("the text would be refused at "))
    }
    // The ends of an interval may be infinite.
    let open = Between(base: Wedge(width: 1), low: -.infinity, high: .infinity)
    #expect(try catalog.text(of: open) == "between(wedge:1,-inf,inf)")
    #expect(throws: NoiseNotWritableError.self) {
      try catalog.text(of: .adding(Wedge(width: .nan)))
    }
  }

  @Test("A name that is there already, or that is none, stops the program")
  func names() async {
    var result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      var catalog = NoiseCatalog.standard
      catalog.add("gaussian") { _ in
        Gaussian(standardDeviation: 1)
      } numbers: { _ in
        []
      }
    }
    expect(result, says: "NoiseCatalog.add: gaussian is added twice")
    result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      var catalog = NoiseCatalog.standard
      catalog.add(rule: "dropout") { _ in .dropout(rate: 0.5) }
    }
    expect(result, says: "NoiseCatalog.add: dropout is added twice")
    result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      var catalog = NoiseCatalog()
      catalog.add("salt pepper") { _ in
        Gaussian(standardDeviation: 1)
      } numbers: { _ in
        []
      }
    }
    expect(result, says: "the name is \"salt pepper\"; expected a letter, then letters and digits")
    result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      var catalog = NoiseCatalog()
      catalog.add(rule: "nothing", of: 0...1) { .adding($0.distributions[0]) }
    }
    expect(result, says: "NoiseCatalog: nothing is made of 0...1 distributions; expected 1 or more")
  }

  @Test("Parameters that are no parameter, twice there, or not as many as were added stop it too")
  func parameters() async {
    var result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      var catalog = NoiseCatalog()
      catalog.add("normal", "deviation") {
        Gaussian(standardDeviation: try $0.float("scale", in: .nonNegative))
      } numbers: {
        [.float($0.standardDeviation)]
      }
      _ = try catalog.distribution("normal:1")
    }
    expect(result, says: "normal has no parameter scale; expected one that it was added with")
    result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      var catalog = NoiseCatalog()
      catalog.add(rule: "twice", "rate", "rate") { _ in .dropout(rate: 0.5) }
    }
    expect(
      result, says: "NoiseCatalog.add: twice has the parameter rate twice; expected a name for each"
    )
    result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      var catalog = NoiseCatalog()
      catalog.add("normal", "deviation", "mean") {
        Gaussian(standardDeviation: try $0.float("deviation", in: .nonNegative))
      } numbers: {
        [.float($0.standardDeviation)]
      }
      _ = try catalog.text(of: Gaussian(standardDeviation: 1))
    }
    expect(
      result,
      says:
        "NoiseCatalog: normal is written with 1 numbers; expected 2, as in normal:deviation,mean"
    )
    result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      var catalog = NoiseCatalog.standard
      catalog.add("same", of: 1...1) {
        $0.distributions[0]
      } parts: {
        $0 is Wedge ? NoiseParts(distributions: [(0.5, Gaussian(standardDeviation: 1))]) : nil
      }
      _ = try catalog.text(of: Wedge(width: 1))
    }
    expect(
      result, says: "NoiseCatalog: same is written with weights; expected same(distribution)")
  }
}
