import Layers
import NoiseDistributions

/// The network of Neelakantan et al. 2015, section 4.1: 20 hidden layers of 50 rectified units.
enum DeepNetwork {
  static let hiddenLayers = 20
  static let hiddenUnits = 50

  /// The weights that training begins with; the biases begin at zero.
  enum Initialization: String, CaseIterable, Codable, Sendable {
    /// All weights zero: what a hidden layer puts out is zero, and so is every gradient but that of the last bias.
    case zero
    /// Normal, of standard deviation 0.1, whatever the layer's width: half of what keeps the signal.
    case simple
    /// Normal, of variance 2 / inputs (He et al. 2015).
    case good

    fileprivate var initializer: Initializer {
      switch self {
      case .zero: .zeros
      case .simple: .drawn(from: Gaussian(standardDeviation: 0.1))
      case .good: .heNormal
      }
    }
  }

  static func make(
    inputs: Int, classes: Int, _ initialization: Initialization, seed: UInt64
  ) -> Sequential {
    let initializer = initialization.initializer
    return Sequential(seed: seed) {
      for layer in 0..<hiddenLayers {
        Linear(
          inputs: layer == 0 ? inputs : hiddenUnits, outputs: hiddenUnits, initializer: initializer)
        ReLU()
      }
      Linear(inputs: hiddenUnits, outputs: classes, initializer: initializer)
    }
  }
}
