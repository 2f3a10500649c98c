import DitherTensors
import Layers
import NoiseDistributions

/// What keeps a network of two hidden layers from learning its training images by heart.
enum Regularizer: String, CaseIterable, Codable, Sendable {
  case none, dropout, gaussianDropout, dropConnect, inputNoise

  var title: String {
    switch self {
    case .none: "none"
    case .dropout: "dropout"
    case .gaussianDropout: "Gaussian dropout"
    case .dropConnect: "DropConnect"
    case .inputNoise: "Gaussian input noise"
    }
  }

  /// A network with this noise. Networks of one seed begin with the same weights, whatever their noise.
  func network(
    _ setting: TrainingSetting, layers: [Int], seed: UInt64
  ) -> Sequential {
    Sequential(seed: seed) {
      for index in 0..<layers.count - 1 {
        let linear = Linear(
          inputs: layers[index], outputs: layers[index + 1], initializer: .heUniform)
        let isLast = index == layers.count - 2
        if let (rule, site) = rule(setting, layer: index, isLast: isLast) {
          linear.noise(rule, on: site)
        } else {
          linear
        }
        if !isLast { ReLU() }
      }
    }
  }

  /// The noise of one linear layer, and where on it.
  private func rule(
    _ setting: TrainingSetting, layer: Int, isLast: Bool
  ) -> (NoiseRule, Linear.Site)? {
    let amount = layer == 0 ? setting.inputNoise : setting.hiddenNoise
    if amount == 0 { return nil }
    return switch self {
    case .none: nil
    case .dropout: (.dropout(rate: amount), .input)
    case .gaussianDropout: (.gaussianDropout(rate: amount), .input)
    // The weights of the layer that gives the logits stay whole, as in the paper.
    case .dropConnect: isLast ? nil : (.dropout(rate: amount), .weight)
    case .inputNoise:
      layer == 0 ? (.adding(Gaussian(standardDeviation: Float(amount))), .input) : nil
    }
  }
}
