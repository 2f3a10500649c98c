/// Samples beyond a level are set to it: an overdriven microphone or converter.
public struct Clipping: WaveformTransform, Hashable, CustomStringConvertible {
  private enum Level: Hashable {
    case absolute(Float)
    case relativeToPeak(Float)
  }

  private let level: Level

  /// At the same level for every waveform.
  ///
  /// - Parameter level: the greatest absolute value that passes; finite, 0 or more. Another stops the program.
  public init(at level: Float) {
    guard level >= 0, level.isFinite else {
      fatalError("Clipping: the level is \(level); expected a finite number, 0 or more")
    }
    self.level = .absolute(level)
  }

  /// At a share of the waveform's peak, its greatest absolute value.
  ///
  /// - Parameter share: 0…1; another stops the program. 1 clips nothing.
  public init(relativeToPeak share: Float) {
    guard share >= 0, share <= 1 else {
      fatalError("Clipping: the share of the peak is \(share); expected 0…1")
    }
    level = .relativeToPeak(share)
  }

  public func apply(to samples: inout MutableSpan<Float>, draws: WaveformDraws) {
    let limit: Float
    switch level {
    case .absolute(let level): limit = level
    case .relativeToPeak(let share):
      var peak: Float = 0
      for index in samples.indices where abs(samples[index]) > peak { peak = abs(samples[index]) }
      limit = share * peak
    }
    for index in samples.indices {
      let sample = samples[index]
      if sample > limit {
        samples[index] = limit
      } else if sample < -limit {
        samples[index] = -limit
      }
    }
  }

  public var description: String {
    switch level {
    case .absolute(let level): "Clipping(at: \(level))"
    case .relativeToPeak(let share): "Clipping(relativeToPeak: \(share))"
    }
  }
}
