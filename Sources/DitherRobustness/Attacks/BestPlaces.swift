import DitherTensors
import Layers
import NoiseDistributions

/// How near each place of a batch comes to another answer.
struct PlaceScores {
  /// Whether the answer there is not the sample's class.
  let isBroken: [Bool]
  /// By how much the greatest score of another class exceeds that of the sample's; infinite where there is no answer.
  let margins: [Double]
}

extension Classifier {
  /// Judges places by what ``answers(_:_:_:)`` would be there: by the logits, or by the logarithms of the mean probabilities over the
  /// draws of an answer, which tell places apart down to probabilities of 10⁻³⁰⁸.
  func placeScores(
    _ places: Tensor, _ labels: [Int], _ mode: InferenceMode, _ noise: NoiseStream
  ) -> PlaceScores {
    guard case .sampled = mode else {
      return PlaceScores(logits(ofRows: places, .inference), labels)
    }
    let sums = probabilitySums(ofRows: places, mode.passes(noise))
    let answers = sums.answers
    return PlaceScores(
      isBroken: zip(answers, labels).map { $0 != $1 },
      margins: labels.enumerated().map { row, label in
        if answers[row] == nil { return .infinity }
        let own = sums.probabilities[row * classes..<(row + 1) * classes]
        let ofLabel = own.startIndex + label
        let ofOthers = own.indices.reduce(0) { $1 == ofLabel ? $0 : max($0, own[$1]) }
        return ReproducibleDoubleMath.log(ofOthers) - ReproducibleDoubleMath.log(own[ofLabel])
      })
  }
}

extension PlaceScores {
  /// Of a classifier that is used without its noise.
  init(_ logits: Tensor, _ labels: [Int]) {
    let (answers, classes) = (logits.answersOfRows(), logits.shape[1])
    isBroken = zip(answers, labels).map { $0 != $1 }
    margins = logits.withSpan { logits in
      labels.enumerated().map { row, label in
        if answers[row] == nil { return .infinity }
        var greatest = -Float.infinity
        for other in 0..<classes where other != label {
          greatest = max(greatest, logits[row * classes + other])
        }
        return Double(greatest - logits[row * classes + label])
      }
    }
  }
}

/// Of each row the best place so far: one that breaks the answer before any that does not, of those the one of the greatest margin, of
/// equals the first.
struct BestPlaces {
  private(set) var places: Tensor
  private var isBroken: [Bool]
  private var margins: [Double]

  /// - Parameter centre: a row a sample, which stands where nothing is better than no place at all.
  init(_ centre: Tensor) {
    places = centre
    isBroken = Array(repeating: false, count: centre.shape[0])
    margins = Array(repeating: -.infinity, count: centre.shape[0])
  }

  mutating func consider(_ candidates: Tensor, _ scores: PlaceScores) {
    let columns = candidates.shape[1]
    let better = margins.indices.filter { row in
      scores.isBroken[row] == isBroken[row]
        ? scores.margins[row] > margins[row] : scores.isBroken[row]
    }
    for row in better {
      isBroken[row] = scores.isBroken[row]
      margins[row] = scores.margins[row]
    }
    candidates.withSpan { candidates in
      places.withMutableSpan { places in
        for row in better {
          for index in row * columns..<(row + 1) * columns { places[index] = candidates[index] }
        }
      }
    }
  }
}
