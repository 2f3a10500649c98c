import DitherTensors
import Optimizers

// Averages of weights: their count and kind in the metadata, the averages as #average.0, #average.1, …

extension Safetensors {
  mutating func add(_ average: WeightAverage.State) {
    metadata[CheckpointKey.weightAverage] = "\(average.updateCount)"
    metadata[CheckpointKey.averageKind] = average.kind?.text
    for (index, tensor) in average.averages.enumerated() {
      tensors["\(CheckpointKey.averageTensors)\(index)"] = tensor
    }
  }
}

extension CheckpointContents {
  func weightAverage() throws(CheckpointError) -> WeightAverage.State? {
    guard metadata[CheckpointKey.weightAverage] != nil else { return nil }
    let kept = tensors(CheckpointKey.averageTensors)
    var averages: [Tensor] = []
    while let tensor = kept[String(averages.count)] { averages.append(tensor) }
    return WeightAverage.State(
      kind: try averageKind(), updateCount: try count(CheckpointKey.weightAverage),
      averages: averages)
  }

  private func averageKind() throws(CheckpointError) -> WeightAverage.Kind? {
    guard let text = metadata[CheckpointKey.averageKind] else { return nil }
    guard let kind = WeightAverage.Kind(text: text) else {
      throw error(
        CheckpointKey.averageKind, "equal, or exponential: and a decay, 0 or more and less than 1")
    }
    return kind
  }
}

extension WeightAverage.Kind {
  private static let exponentialPrefix = "exponential:"

  /// As in `exponential:0.999`, from which the decay comes back to the bit.
  fileprivate var text: String {
    switch self {
    case .equal: "equal"
    case .exponential(let decay): "\(Self.exponentialPrefix)\(decay)"
    }
  }

  fileprivate init?(text: String) {
    if text == "equal" {
      self = .equal
    } else if text.hasPrefix(Self.exponentialPrefix),
      let decay = Double(text.dropFirst(Self.exponentialPrefix.count)), decay >= 0, decay < 1
    {
      self = .exponential(decay: decay)
    } else {
      return nil
    }
  }
}
