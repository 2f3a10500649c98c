import DitherRuntime
public import DitherTensors

/// Batch normalisation: each column with its mean taken off and divided by its standard deviation, then scaled and shifted.
///
///     z = (x − mean) / √(variance + ε),   y = z ∘ scale + shift
///
/// Whose mean and variance these are is the pass's affair:
///
/// - In passes of training (``Pass/isTraining``) they are those of the batch, over its rows, and the gradient goes through them;
///   the variance is Σ (x − mean)² / rows. The forward pass also moves the running statistics towards them:
///   running ← (1 − momentum) · running + momentum · batch's, with the variance of a sample, Σ (x − mean)² / (rows − 1).
/// - In all other passes (inference, ``Pass/sampling(_:gradients:)``, ``Pass/withoutNoise(gradients:)``) they are the running
///   statistics, which stay as they are: a Monte Carlo sample of a network has its noise and not the batch's statistics.
///
/// A network without noise is therefore trained by ``Pass/training(gradients:)``. In training the rows depend on each other, so
/// that parts of a batch do not give the bits of the whole: accumulate gradients with ``LayerNorm``, which has no such
/// dependence. The bits still depend on neither threads nor instruction set: sums are in double precision, a column's one
/// ascending chain over the rows.
///
/// The input has shape [batch, features], or more axes before the last, all of which are rows. The running statistics are
/// buffers, "runningMean" and "runningVariance": saved and copied with the parameters, not trained. Copies of the struct share
/// them, ``Layer/copy()`` does not.
///
/// ```swift
/// let model = Sequential(seed: 7) {
///   Linear(inputs: 8, outputs: 32, bias: false)
///   BatchNorm(features: 32)
///   ReLU()
///   Linear(inputs: 32, outputs: 2)
/// }
/// ```
///
/// Source: Ioffe & Szegedy, *Batch normalization* (2015), algorithms 1 and 2.
public struct BatchNorm: Layer {
  /// Columns of the input.
  public let features: Int
  /// ε.
  public let epsilon: Float
  /// How far a batch moves the running statistics, from 0 (not at all) to 1.
  public let momentum: Float

  private var affine: ScaleAndShift
  private var mean: Buffer
  private var variance: Buffer

  /// Shape [features], begins at ones; nil for a layer without.
  public var scale: Parameter? { affine.scale }
  /// Shape [features], begins at zeros; nil for a layer without.
  public var shift: Parameter? { affine.shift }
  /// Shape [features], begins at zeros.
  public var runningMean: Tensor { mean.value }
  /// Shape [features], begins at ones.
  public var runningVariance: Tensor { variance.value }

  /// A layer whose parameters, if it has any, have no values yet.
  ///
  /// - Parameters:
  ///   - features: columns of the input, at least 1; another stops the program.
  ///   - epsilon: ε, finite and above 0; another stops the program.
  ///   - momentum: from 0 to 1; another stops the program.
  ///   - scaleAndShift: whether the result is scaled and shifted.
  public init(
    features: Int, epsilon: Float = 1e-5, momentum: Float = 0.1, scaleAndShift: Bool = true
  ) {
    requireNormalisation("BatchNorm", features: features, epsilon: epsilon)
    require(
      momentum >= 0 && momentum <= 1, "BatchNorm: momentum is \(momentum); expected 0 to 1")
    self.features = features
    self.epsilon = epsilon
    self.momentum = momentum
    affine = ScaleAndShift(features: features, exists: scaleAndShift)
    mean = Buffer(Tensor(zeros: [features]))
    variance = Buffer(Tensor(repeating: 1, shape: [features]))
  }

  public mutating func visit(_ visitor: inout LayerVisitor) {
    affine.visit(&visitor)
    visitor.buffer("runningMean", &mean)
    visitor.buffer("runningVariance", &variance)
  }

  /// A pass of training needs two rows at least; one with fewer stops the program.
  public func forward(_ input: Tensor, _ pass: Pass) -> (output: Tensor, pullback: Pullback) {
    overRows(input, columns: features, layer: "BatchNorm", pass) { matrix, pass in
      let noted = affine.noted(layer: "BatchNorm", path: pass.path)
      let norm = pass.isTraining ? trained(matrix, pass) : running
      let output = norm.normalise(matrix, scale: scale?.value, shift: shift?.value)
      let pullback = affine.pullback(noted, layer: "BatchNorm", shape: matrix.shape, pass) {
        norm.normalise(matrix)
      } inputGradient: { outputGradient in
        if pass.isTraining {
          return norm.gradient(of: outputGradient, input: matrix, scale: scale?.value)
        }
        return outputGradient * (scale.map { $0.value * norm.inverse } ?? norm.inverse)
      }
      return (output, pullback)
    }
  }

  private var running: ColumnNorm {
    ColumnNorm(mean: mean.value, variance: variance.value, epsilon: epsilon)
  }

  /// The batch's own statistics, towards which the running ones move.
  private func trained(_ batch: Tensor, _ pass: Pass) -> ColumnNorm {
    let rows = batch.shape[0]
    require(
      rows >= 2,
      "\(described("BatchNorm", pass.path)): a batch of \(rows) rows in training; expected 2 at least, whose variance there is"
    )
    let (norm, batchVariance) = ColumnNorm.of(batch, epsilon: epsilon)
    mean.move(to: norm.mean, by: momentum)
    variance.move(to: batchVariance * (Float(rows) / Float(rows - 1)), by: momentum)
    return norm
  }
}

extension Buffer {
  /// value ← (1 − momentum) · value + momentum · target. At 0 and 1 one of the two is left out: 0 · ∞ is not a number.
  fileprivate func move(to target: Tensor, by momentum: Float) {
    if momentum == 0 { return }
    if momentum == 1 {
      value = target
      return
    }
    value *= 1 - momentum
    value.add(target, times: momentum)
  }
}
