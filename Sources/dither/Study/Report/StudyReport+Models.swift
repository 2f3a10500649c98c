extension StudyReport {
  /// A kind of noise on the test inputs, at growing strengths.
  struct TestNoiseAxis: Codable, Sendable, Equatable {
    /// The family: `gaussian`, `uniform`, `salt-and-pepper`, …
    var name: String
    /// What a strength is: `scale` or `rate`.
    var axis: String
    /// Ascending, the first 0.
    var strengths: [Double]
    /// The place of the strength that the search was done under; nil for a noise that it was not done under.
    var searched: Int?
    /// Draws for each row and strength.
    var trials: Int
  }

  /// A network, and how it did on the test rows.
  struct Model: Codable, Sendable, Equatable {
    /// `no noise`, or the noise with its site and scale.
    var name: String
    /// What it was trained with; nil for none.
    var noise: Noise?
    var isRecommended: Bool
    /// On the test rows without noise: 95 % intervals of the bootstrap over rows, here and below.
    var accuracy: Estimate
    var loss: Estimate
    var calibrationError: Estimate
    /// One for each of ``StudyReport/testNoises``.
    var curves: [Curve]
    /// Without test noise, and under one draw of that which the search was done under.
    var cleanAnswers: Answers
    var noisyAnswers: Answers
    var certificates: Certificates
    /// FGSM and PGD.
    var attacks: [Attack]
    var gradientMasking: GradientMasking
    /// Nil where the inputs are no images.
    var corruptions: Corruptions?
    var uncertainty: Uncertainty
    /// Noise at the input and at the output of the first layer.
    var propagation: [Propagation]
  }

  /// A model under one of the test noises.
  struct Curve: Codable, Sendable, Equatable {
    /// A point for each strength of the axis.
    var points: [CurvePoint]
    /// The mean accuracy over the range of the strengths.
    var area: Estimate
    /// By how much it is higher than that without noise, paired; nil for none itself.
    var areaGain: Estimate?
  }

  struct CurvePoint: Codable, Sendable, Equatable {
    var strength: Double
    var accuracy: Estimate
    var loss: Estimate
    var calibrationError: Estimate
    /// By how much the accuracy is higher than that of the network without noise, paired; nil for that itself.
    var gain: Estimate?
  }

  /// Which classes were answered, and how surely.
  struct Answers: Codable, Sendable, Equatable {
    /// Rows by the actual class, and within it by the answered one.
    var confusion: [[Int]]
    /// By confidence, from 0 up.
    var reliability: [ReliabilityBin]
  }

  /// The rows whose confidence lies in one interval, above `lower` and at most `upper`.
  struct ReliabilityBin: Codable, Sendable, Equatable {
    var lower: Double
    var upper: Double
    var rows: Int
    /// The share that was answered rightly, and the mean confidence; nil where there are no rows.
    var accuracy: Double?
    var confidence: Double?
  }
}
