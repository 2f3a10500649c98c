import DitherTensors
import Layers
import NoiseDistributions

/// How near each place of a batch comes to another answer.
struct PlaceScores {
  /// Whether the answer there is not the sample's class.
  let isBroken: [Bool]
  /// By how much the greatest score of another class exceeds that of the sample's.
  let margins: [Double]
}

extension Classifier {
  /// Judges places by what ``answers(_:_:_:)`` would be there: by the logits, or in double precision by the logarithms of the mean
  /// probabilities over the draws of an answer, which tell places apart where the probabilities themselves are 0 and 1.
  func placeScores(
    _ places: Tensor, _ labels: [Int], _ mode: InferenceMode, _ noise: NoiseStream
  ) -> PlaceScores {
    guard case .sampled = mode else {
      return PlaceScores(logits(ofRows: places, .inference), labels)
    }
    var sums = ProbabilitySums(rows: places.shape[0], classes: classes)
    var logarithms = [Double](repeating: -.infinity, count: labels.count * classes)
    for pass in mode.passes(noise) {
      let logits = logits(ofRows: places, pass)
      sums.add(logits)
      logits.withSpan { addProbabilities(of: $0, classes, to: &logarithms) }
    }
    let answers = sums.answers
    return PlaceScores(
      isBroken: zip(answers, labels).map { $0 != $1 },
      margins: labels.enumerated().map { row, label in
        if answers[row] == nil { return .infinity }
        let own = row * classes..<(row + 1) * classes
        let others = own.filter { $0 != own.lowerBound + label }
        return others.reduce(-.infinity) { max($0, logarithms[$1]) }
          - logarithms[own.lowerBound + label]
      })
  }
}

extension PlaceScores {
  /// Of a classifier that is used without its noise.
  init(_ logits: Tensor, _ labels: [Int]) {
    isBroken = zip(logits.answersOfRows(), labels).map { $0 != $1 }
    margins = DitherRobustness.margins(logits, labels).map(Double.init)
  }
}

/// Adds the probabilities of each row of logits to those whose logarithms these are: ln(eᵃ + eᵇ), where a and b may be far below what
/// has an exponential.
private func addProbabilities(
  of logits: Span<Float>, _ classes: Int, to logarithms: inout [Double]
) {
  func logarithmOfSum(_ a: Double, _ b: Double) -> Double {
    let greatest = max(a, b)
    if greatest == -.infinity { return greatest }
    return greatest
      + ReproducibleDoubleMath.log(onePlus: ReproducibleDoubleMath.exp(min(a, b) - greatest))
  }
  for first in stride(from: 0, to: logits.count, by: classes) {
    let own = first..<first + classes
    let total = own.reduce(-.infinity) { logarithmOfSum($0, Double(logits[$1])) }
    for index in own {
      logarithms[index] = logarithmOfSum(logarithms[index], Double(logits[index]) - total)
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
