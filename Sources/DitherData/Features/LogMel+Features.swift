import DitherRuntime
public import DitherTensors

/// Features of recordings of different lengths.
public struct PaddedFeatures: Sendable {
  /// [recordings, frames, features]: as many frames as the longest has. What is beyond a recording's own frames is like silence.
  public let values: Tensor
  /// The number of frames of each recording.
  public let lengths: [Int]
}

extension LogMel {
  /// The frames of a recording of so many samples: 1 + (samples − transformLength) / hopLength rounded down, none of one that is
  /// shorter; where they are centred, 1 + samples / hopLength rounded down.
  public func frames(ofSamples count: Int) -> Int {
    if isCentered { return 1 + count / hopLength }
    return count < transformLength ? 0 : 1 + (count - transformLength) / hopLength
  }

  /// The features of one recording: [frames, filters].
  ///
  /// - Parameter samples: [samples], one channel. Stops at another shape.
  public func callAsFunction(_ samples: Tensor) -> Tensor {
    let features = self([samples]).values
    return features.reshaped(to: Array(features.shape.dropFirst()))
  }

  /// The features of recordings, padded to the longest.
  ///
  /// - Parameter recordings: [samples] each, one channel. Stops at another shape.
  public func callAsFunction(_ recordings: [Tensor]) -> PaddedFeatures {
    for (index, samples) in recordings.enumerated() {
      require(
        samples.rank == 1,
        "LogMel: recording \(index) of shape \(samples.shape); expected [samples], one channel")
    }
    let lengths = recordings.map { frames(ofSamples: $0.count) }
    let most = lengths.max() ?? 0
    var values = Tensor(repeating: logarithmOfFloor, shape: [recordings.count, most, filters])
    for pieces in LogMel.pieces(lengths) {
      let frames = pieces.map { framed(recordings[$0.recording], $0.frames) }
      copy(logMel(Tensor(concatenating: frames)), pieces, most, &values)
    }
    return PaddedFeatures(values: values, lengths: lengths)
  }

  /// Frames of one recording.
  private struct Piece {
    var recording: Int
    var frames: Range<Int>
  }

  /// Recordings and parts of them in groups of some thousand frames: long products, and a bound on the memory of frames.
  private static func pieces(_ lengths: [Int]) -> [[Piece]] {
    let most = 2048
    var groups: [[Piece]] = []
    var total = most
    for (recording, length) in lengths.enumerated() {
      for first in stride(from: 0, to: length, by: most) {
        let piece = Piece(recording: recording, frames: first..<min(first + most, length))
        if total >= most {
          groups.append([])
          total = 0
        }
        groups[groups.count - 1].append(piece)
        total += piece.frames.count
      }
    }
    return groups
  }

  /// [frames, window] to [frames, filters].
  private func logMel(_ frames: Tensor) -> Tensor {
    let parts = frames.matmul(spectrum)
    let power = (parts * parts).matmul(weights)
    return Tensor.pointwiseMaximum(power, Tensor([floor])).log()
  }

  /// Some frames of a recording, one a row: [frames, window].
  private func framed(_ samples: Tensor, _ frames: Range<Int>) -> Tensor {
    // The window lies in the middle of the transform's samples.
    let offset = (transformLength - windowLength) / 2 - (isCentered ? transformLength / 2 : 0)
    return samples.withSpan { source in
      Tensor(uninitialized: [frames.count, windowLength]) { target in
        for (row, frame) in frames.enumerated() {
          let (from, to) = (frame * hopLength + offset, row * windowLength)
          for index in 0..<windowLength {
            let place = from + index
            target[to + index] = place >= 0 && place < source.count ? source[place] : 0
          }
        }
      }
    }
  }

  /// Puts the features of pieces, one after the other, at their recordings' places.
  private func copy(_ features: Tensor, _ pieces: [Piece], _ most: Int, _ values: inout Tensor) {
    features.withSpan { source in
      values.withMutableSpan { target in
        var from = 0
        for piece in pieces {
          let to = (piece.recording * most + piece.frames.lowerBound) * filters
          let count = piece.frames.count * filters
          for index in 0..<count { target[to + index] = source[from + index] }
          from += count
        }
      }
    }
  }
}
