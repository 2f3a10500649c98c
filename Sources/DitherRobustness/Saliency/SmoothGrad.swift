import DitherRuntime
public import DitherTensors
public import NoiseDistributions

/// Saliency with less noise in it: the mean of the input gradients at several noisy copies of a sample, (1/n)·Σ ∇(x + N(0, σ²)).
///
/// ```swift
/// let classifier = NetworkClassifier(model, inputShape: [64])
/// let smoothGrad = SmoothGrad(deviation: .relativeToRange(0.15), samples: 50)
/// let map = smoothGrad.map(of: classifier, at: inputs, noise: NoiseStream(seed: 42))
/// print(map.mean.shape, map.variance.shape)
/// ```
///
/// Smilkov, Thorat, Kim, Viégas & Wattenberg 2017, *SmoothGrad: removing noise by adding noise*.
public struct SmoothGrad: Hashable, Sendable {
  /// The standard deviation of the noise, σ.
  public enum Deviation: Hashable, Sendable {
    /// The same for all samples.
    case absolute(Float)
    /// A share of each sample's greatest element less its least: 0.1 to 0.2 in the paper.
    case relativeToRange(Float)
  }

  /// What ``map(of:at:classes:mode:noise:)`` finds.
  public struct Map: Sendable {
    /// The mean of the gradients, of the shape of the inputs.
    public let mean: Tensor
    /// Their variance from copy to copy, over n − 1: the mean's is this over n.
    public let variance: Tensor
  }

  /// Of the noise.
  public let deviation: Deviation
  /// Noisy copies of each sample, n.
  public let samples: Int

  /// - Parameters:
  ///   - deviation: of the noise, a finite number of 0 or more.
  ///   - samples: n, at least 2. Others stop the program.
  public init(deviation: Deviation, samples: Int = 50) {
    let factor =
      switch deviation {
      case .absolute(let factor), .relativeToRange(let factor): factor
      }
    require(
      factor >= 0 && factor.isFinite,
      "SmoothGrad: deviation is \(deviation); expected a finite number, 0 or more")
    require(samples >= 2, "SmoothGrad: samples is \(samples); expected at least 2")
    self.deviation = deviation
    self.samples = samples
  }

  /// The mean and the variance of the gradients of a class's logit.
  ///
  /// Both by Welford's recurrence, so that nothing cancels.
  ///
  /// - Parameters:
  ///   - classifier: that is asked.
  ///   - inputs: shape [rows] + the classifier's input shape, or [rows, features]; others stop the program.
  ///   - classes: of each sample the class whose logit it is; nil, the default, for the one that it is taken for without the
  ///     noise of SmoothGrad.
  ///   - mode: how the classifier is used: with noise of its own, copy k has draws of its own.
  ///   - noise: of the copies, in the domain of evaluation: copy k at the stream's step plus k. For a part of the samples also at
  ///     its first row.
  public func map(
    of classifier: some DifferentiableClassifier, at inputs: Tensor, classes: [Int]? = nil,
    mode: InferenceMode = .clean, noise: NoiseStream
  ) -> Map {
    let matrix = classifier.matrix(inputs, "SmoothGrad")
    noise.requireSteps(samples, "SmoothGrad")
    let slopes = classifier.slopes(ofClasses: classes, at: matrix, mode, noise, "SmoothGrad")
    let deviations = deviations(of: matrix)
    var mean = Tensor(zeros: matrix.shape)
    var squares = mean
    for copy in 0..<samples {
      let draws = noise.at(step: noise.step + copy).evaluationDraws(
        from: Gaussian(standardDeviation: 1), site: "smoothgrad", rows: matrix.shape[0],
        columns: matrix.shape[1])
      let passes = mode.passes(noise, round: 1 + copy, gradients: .input)
      let gradient = classifier.inputGradient(at: matrix + draws * deviations, passes) { _ in
        slopes
      }
      let before = gradient - mean
      mean += before / Float(copy + 1)
      squares += before * (gradient - mean)
    }
    return Map(
      mean: mean.reshaped(to: inputs.shape),
      variance: (squares / Float(samples - 1)).reshaped(to: inputs.shape))
  }

  /// σ of each row, [rows, 1].
  private func deviations(of matrix: Tensor) -> Tensor {
    let rows = matrix.shape[0]
    switch deviation {
    case .absolute(let deviation): return Tensor(repeating: deviation, shape: [rows, 1])
    case .relativeToRange(let share):
      let ranges = matrix.rowMaxima() + (-matrix).rowMaxima()
      return (ranges * share).reshaped(to: [rows, 1])
    }
  }
}
