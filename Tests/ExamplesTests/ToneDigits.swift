import DitherData
import DitherTensors
import Foundation
import TestSupport

/// Recordings under the names of the spoken digits: each digit a tone of its own pitch, a little higher with each speaker and number.
struct ToneDigits {
  var speakers = ["ann", "bob", "cid"]
  /// One of each part.
  var numbers = [0, 5, 10]
  var sampleRate = 8000
  var samples = 1200

  func write(to scratch: Scratch) throws {
    for (place, speaker) in speakers.enumerated() {
      for digit in 0..<10 {
        for number in numbers {
          let pitch = 300 + 300 * Float(digit) + 8 * Float(place) + Float(number)
          let tone = (0..<samples).map { sample in
            0.5 * sin(2 * Float.pi * pitch * Float(sample) / Float(sampleRate))
          }
          try Recording(samples: Tensor(tone, shape: [1, samples]), sampleRate: sampleRate)
            .write(toWAV: scratch.path("\(digit)_\(speaker)_\(number).wav"))
        }
      }
    }
  }
}
