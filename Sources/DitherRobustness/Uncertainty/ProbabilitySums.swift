import DitherTensors
import Layers
import NoiseDistributions

/// Of the rows of a batch the sums, over draws of a classifier's noise, of its probabilities and of their entropies: in double
/// precision, in the order of the draws, each row by itself.
struct ProbabilitySums {
  let rows: Int
  let classes: Int
  private(set) var draws = 0
  /// [rows, classes].
  private(set) var probabilities: [Double]
  private(set) var entropies: [Double]

  init(rows: Int, classes: Int) {
    self.rows = rows
    self.classes = classes
    probabilities = [Double](repeating: 0, count: rows * classes)
    entropies = [Double](repeating: 0, count: rows)
  }

  /// Adds a draw: p = softmax(logits) and H(p) = −Σ p · ln p. Where the softmax is not defined, all of the row's sums are NaN.
  mutating func add(_ logits: Tensor) {
    draws += 1
    var shifted = [Double](repeating: 0, count: classes)
    logits.withSpan { logits in
      for row in 0..<rows {
        let first = row * classes
        var greatest = Double(logits[first])
        for column in 1..<classes { greatest = max(greatest, Double(logits[first + column])) }
        var total = 0.0
        for column in 0..<classes {
          shifted[column] = Double(logits[first + column]) - greatest
          total += ReproducibleDoubleMath.exp(shifted[column])
        }
        let logarithm = ReproducibleDoubleMath.log(total)
        for column in 0..<classes {
          let probability = ReproducibleDoubleMath.exp(shifted[column]) / total
          probabilities[first + column] += probability
          if probability != 0 { entropies[row] -= probability * (shifted[column] - logarithm) }
        }
      }
    }
  }

  /// The class of the greatest sum of each row, the first of equals; nil where the sums are not numbers.
  var answers: [Int?] {
    (0..<rows).map { row in
      let own = probabilities[row * classes..<(row + 1) * classes]
      let best = own.indices.reduce(own.startIndex) { own[$1] > own[$0] ? $1 : $0 }
      return own[best].isNaN ? nil : best - own.startIndex
    }
  }

  /// The means over the draws, [rows, classes].
  var meanProbabilities: [Double] { probabilities.map { $0 / Double(draws) } }

  /// ln of the means, as the scores of a classifier whose softmax they are.
  var scores: Tensor {
    Tensor(
      meanProbabilities.map { Float(ReproducibleDoubleMath.log($0)) }, shape: [rows, classes])
  }
}

extension Classifier {
  /// What metrics take as outputs: the logits, or the logarithms of the mean probabilities of a classifier that is used with its
  /// noise.
  ///
  /// - Parameter round: as in ``InferenceMode``'s passes.
  func scores(
    ofRows matrix: Tensor, _ mode: InferenceMode, _ noise: NoiseStream, round: Int = 0
  ) -> Tensor {
    guard case .sampled = mode else { return logits(ofRows: matrix, .inference) }
    return probabilitySums(ofRows: matrix, mode.passes(noise, round: round)).scores
  }

  /// Asks for the rows of a matrix in each pass.
  func probabilitySums(ofRows matrix: Tensor, _ passes: [Pass]) -> ProbabilitySums {
    var sums = ProbabilitySums(rows: matrix.shape[0], classes: classes)
    for pass in passes { sums.add(logits(ofRows: matrix, pass)) }
    return sums
  }
}
