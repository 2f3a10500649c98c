extension NoiseCatalog {
  /// The distributions and the rules of this module.
  ///
  /// | distribution | |
  /// |---|---|
  /// | `gaussian:standardDeviation[,mean]` | ``Gaussian`` |
  /// | `uniform:low,high` | ``Uniform`` |
  /// | `laplace:scale` | ``Laplace`` |
  /// | `logistic:scale` | ``Logistic`` |
  /// | `triangular:low,mode,high` | ``Triangular`` |
  /// | `exponential:scale` | ``Exponential`` |
  /// | `poisson:rate` | ``Poisson`` |
  /// | `lognormal:logStandardDeviation[,logMean]` | ``LogNormal`` |
  /// | `bernoulli:probability` | ``Bernoulli`` |
  /// | `rademacher` | ``Rademacher`` |
  /// | `saltAndPepper:rate[,low][,high]` | ``SaltAndPepper``, between −1 and 1 |
  /// | `impulse:probability[,value]` | ``Impulse``, of 1 |
  /// | `constant:value` | ``Constant`` |
  /// | `mixture(weight*distribution,weight*distribution)` | ``Mixture``, of weights whose sum is 1 |
  /// | `truncated(distribution,low,high)` | ``Truncated`` |
  ///
  /// | rule | |
  /// |---|---|
  /// | `adding(distribution[,scale=scale])` | ``NoiseRule/adding(_:scale:)`` |
  /// | `multiplying(distribution[,scale=scale])` | ``NoiseRule/multiplying(_:scale:)``, of a number or a schedule |
  /// | `replacing(distribution[,rate=number])` | ``NoiseRule/replacing(_:rate:)``; of `saltAndPepper` and `impulse` without a rate too, ``NoiseRule/replacing(_:)-(SaltAndPepper)`` |
  /// | `addingShotNoise(distribution[,scale=scale])` | ``NoiseRule/addingShotNoise(_:scale:)``, of a number or a schedule |
  /// | `dropout:rate` | ``NoiseRule/dropout(rate:)`` |
  /// | `gaussianDropout:rate` | ``NoiseRule/gaussianDropout(rate:)`` |
  /// | `alphaDropout:rate` | ``NoiseRule/alphaDropout(rate:)`` |
  ///
  /// A scale is 1 where text says nothing else:
  ///
  /// | scale | |
  /// |---|---|
  /// | `0.5` | ``NoiseScale/fixed(_:)`` |
  /// | a schedule | ``NoiseScale/scheduled(_:)`` |
  /// | `relativeToSignal:ratio` | ``NoiseScale/relativeToSignal(_:)-(Float)`` |
  /// | `signalToNoiseRatio:decibels` | ``NoiseScale/signalToNoiseRatio(decibels:)-(Float)`` |
  /// | `relativeToSignal(schedule)`, `signalToNoiseRatio(schedule)` | the same, by a schedule |
  /// | `signalToNoiseRatio(decibels,over=trueSamples)` | ``NoiseScale/overTrueSamples()`` of any of the four |
  /// | `learned:initial` | ``NoiseScale/learned(_:_:)``, one for the whole site |
  /// | `learned(initial,shared=perFeature)` | the same, `perFeature` or `perElement` |
  ///
  /// | schedule | |
  /// |---|---|
  /// | `constant:value` | ``Schedule/constant(_:)``, in double precision |
  /// | `linear:from,to,over` | ``Schedule/linear(from:to:over:)`` |
  /// | `cosine:from,to,over` | ``Schedule/cosine(from:to:over:)`` |
  /// | `exponential:from,to,over` | ``Schedule/exponential(from:to:over:)`` |
  /// | `step:from,factor,every` | ``Schedule/step(from:factor:every:)`` |
  /// | `oneCycle:maximum,over,rising,from,to` | ``Schedule/oneCycle(maximum:over:rising:from:to:)`` |
  /// | `inversePower:from,exponent,over` | ``Schedule/inversePower(from:exponent:over:)`` |
  ///
  /// A schedule in text has values that its scale accepts at every step, so that none stops the program at a later one: a
  /// staircase that rises without end has no text, and neither has a function of the step. Nor have schedules
  /// one after the other.
  ///
  /// The draws of every rule can be shared, after its scale or its rate:
  ///
  /// | sharing | |
  /// |---|---|
  /// | `adding(gaussian:0.2,shared=perRow)` | ``NoiseSharing/perRow`` |
  /// | `dropout(0.2,shared=perFeature)` | ``NoiseSharing/perFeature`` |
  /// | `dropout(0.2,shared=blocks:4)` | ``NoiseSharing/blocks(of:)`` |
  public static let standard: NoiseCatalog = {
    var catalog = NoiseCatalog()
    catalog.addDistributions()
    catalog.addFurtherDistributions()
    catalog.addCombinations()
    catalog.addRules()
    return catalog
  }()

  private mutating func addDistributions() {
    add("gaussian", "standardDeviation", "mean", defaults: [.float(0)]) {
      Gaussian(
        mean: try $0.float("mean", in: .finite),
        standardDeviation: try $0.float("standardDeviation", in: .nonNegative))
    } numbers: {
      [.float($0.standardDeviation), .float($0.location)]
    }
    add("uniform", "low", "high") {
      let (low, high) = (try $0.float("low", in: .finite), try $0.float("high", in: .finite))
      try $0.refuse(Uniform.problem(low: low, high: high))
      return Uniform(low: low, high: high)
    } numbers: {
      [.float($0.low), .float($0.high)]
    }
    add("lognormal", "logStandardDeviation", "logMean", defaults: [.float(0)]) {
      LogNormal(
        logMean: try $0.float("logMean", in: .finite),
        logStandardDeviation: try $0.float("logStandardDeviation", in: .nonNegative))
    } numbers: {
      [.float($0.logStandardDeviation), .float($0.logMean)]
    }
    add("bernoulli", "probability") {
      Bernoulli(probability: try $0.double("probability", in: .probability))
    } numbers: {
      [.double($0.probability)]
    }
    add("saltAndPepper", "rate", "low", "high", defaults: [.float(-1), .float(1)]) {
      let rate = try $0.double("rate", in: .probability)
      let (low, high) = (try $0.float("low", in: .finite), try $0.float("high", in: .finite))
      try $0.refuse(SaltAndPepper.problem(low: low, high: high))
      return SaltAndPepper(rate: rate, low: low, high: high)
    } numbers: {
      [.double($0.rate), .float($0.low), .float($0.high)]
    }
  }
}
