import CKernels
import DitherRuntime
public import DitherTensors

/// Layer normalisation: each row with its mean taken off and divided by its standard deviation, then, column by column, scaled and
/// shifted.
///
///     z = (x − mean) / √(variance + ε),   y = z ∘ scale + shift
///
/// Mean and variance (Σ (x − mean)² / features) are those of the row itself, in training and at inference alike, so that a row
/// depends on no other. Their sums are in double precision and in a fixed order. The input has shape [batch, features], or more
/// axes before the last: each sequence of `features` numbers is a row. A row that holds an infinity or not a number becomes
/// not a number.
///
/// ```swift
/// let model = Sequential(seed: 7) {
///   Linear(inputs: 64, outputs: 32)
///   LayerNorm(features: 32)
///   ReLU()
/// }
/// ```
///
/// Source: Ba, Kiros & Hinton, *Layer normalization* (2016), equations 3 and 4.
public struct LayerNorm: Layer {
  /// Columns of the input.
  public let features: Int
  /// ε.
  public let epsilon: Float

  private var affine: ScaleAndShift

  /// Shape [features], begins at ones; nil for a layer without.
  public var scale: Parameter? { affine.scale }
  /// Shape [features], begins at zeros; nil for a layer without.
  public var shift: Parameter? { affine.shift }

  /// A layer whose parameters, if it has any, have no values yet.
  ///
  /// - Parameters:
  ///   - features: columns of the input, at least 1; another stops the program.
  ///   - epsilon: ε, finite and above 0; another stops the program.
  ///   - scaleAndShift: whether the result is scaled and shifted.
  public init(features: Int, epsilon: Float = 1e-5, scaleAndShift: Bool = true) {
    requireNormalisation("LayerNorm", features: features, epsilon: epsilon)
    self.features = features
    self.epsilon = epsilon
    affine = ScaleAndShift(features: features, exists: scaleAndShift)
  }

  public mutating func visit(_ visitor: inout LayerVisitor) { affine.visit(&visitor) }

  public func forward(_ input: Tensor, _ pass: Pass) -> (output: Tensor, pullback: Pullback) {
    overRows(input, columns: features, layer: "LayerNorm", pass) { matrix, pass in
      let noted = affine.noted(layer: "LayerNorm", path: pass.path)
      let output = normalise(matrix, affine.scale?.value, affine.shift?.value)
      let pullback = affine.pullback(noted, layer: "LayerNorm", shape: matrix.shape, pass) {
        normalise(matrix, nil, nil)
      } inputGradient: { outputGradient in
        gradient(of: outputGradient, matrix)
      }
      return (output, pullback)
    }
  }

  private func normalise(_ input: Tensor, _ scale: Tensor?, _ shift: Tensor?) -> Tensor {
    unsafe Tensor(undefined: input.shape) { y in
      var execution = unsafe Execution.current.kernelExecution
      unsafe input.withUnsafePointer { x in
        unsafe withPointer(scale) { scale in
          unsafe withPointer(shift) { shift in
            unsafe ck_layer_norm(
              &execution, input.shape[0], features, epsilon, x, scale, shift, y)
          }
        }
      }
    }
  }

  private func gradient(of outputGradient: Tensor, _ input: Tensor) -> Tensor {
    unsafe Tensor(undefined: input.shape) { dx in
      var execution = unsafe Execution.current.kernelExecution
      unsafe input.withUnsafePointer { x in
        unsafe outputGradient.withUnsafePointer { dy in
          unsafe withPointer(affine.scale?.value) { scale in
            unsafe ck_layer_norm_gradient(
              &execution, input.shape[0], features, epsilon, x, scale, dy, dx)
          }
        }
      }
    }
  }
}

/// Stops at settings that no normalisation can have.
func requireNormalisation(_ layer: String, features: Int, epsilon: Float) {
  require(features >= 1, "\(layer): features is \(features); expected at least 1")
  require(
    epsilon > 0 && epsilon.isFinite,
    "\(layer): epsilon is \(epsilon); expected a finite number above 0")
}
