import DitherTensors

/// The places with the greatest score of each row so far; the first of equals.
struct BestPlaces {
  private(set) var places: Tensor
  private var scores: [Float]

  /// - Parameter centre: a row a sample, which stands where no score is a number above −∞.
  init(_ centre: Tensor) {
    places = centre
    scores = Array(repeating: -.infinity, count: centre.shape[0])
  }

  mutating func consider(_ candidates: Tensor, _ received: [Float]) {
    let columns = candidates.shape[1]
    let better = received.indices.filter { received[$0] > scores[$0] }
    for row in better { scores[row] = received[row] }
    candidates.withSpan { candidates in
      places.withMutableSpan { places in
        for row in better {
          for index in row * columns..<(row + 1) * columns { places[index] = candidates[index] }
        }
      }
    }
  }
}

extension [Float] {
  /// Adds element by element: the sum over draws orders places as their mean does.
  mutating func add(_ other: [Float]) {
    for index in indices { self[index] += other[index] }
  }
}
