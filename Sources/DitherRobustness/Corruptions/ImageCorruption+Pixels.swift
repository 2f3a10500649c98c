import DitherTensors
import NoiseDistributions

// What each corruption does to the pixels: in double precision, image by image, on the calling thread.
extension ImageCorruption {
  /// Along the rows, then along the columns.
  func blurred(_ inputs: Tensor, _ standardDeviation: Double) -> Tensor {
    let reach = Int((4 * standardDeviation + 0.5).rounded(.down))
    var weights = (-reach...reach).map { distance in
      ReproducibleDoubleMath.exp(
        -Double(distance * distance) / (2 * standardDeviation * standardDeviation))
    }
    let total = weights.reduce(0, +)
    for index in weights.indices { weights[index] /= total }
    let (height, width, channels) = (image.height, image.width, image.channels)
    var between = [Double](repeating: 0, count: image.features)
    return image.changed(inputs) { pixels, first, _ in
      for place in 0..<image.features {
        let (line, column) = (place / channels / width, place / channels % width)
        var sum = 0.0
        for offset in -reach...reach {
          let other = min(max(column + offset, 0), width - 1)
          let index = first + (line * width + other) * channels + place % channels
          sum += weights[offset + reach] * Double(pixels[index])
        }
        between[place] = sum
      }
      for place in 0..<image.features {
        let line = place / channels / width
        var sum = 0.0
        for offset in -reach...reach {
          let other = min(max(line + offset, 0), height - 1)
          sum += weights[offset + reach] * between[place + (other - line) * width * channels]
        }
        pixels[first + place] = Float(sum)
      }
    }
  }

  func flattened(_ inputs: Tensor, _ factor: Double) -> Tensor {
    let channels = image.channels
    return image.changed(inputs) { pixels, first, _ in
      for channel in 0..<channels {
        let places = stride(from: first + channel, to: first + image.features, by: channels)
        var mean = 0.0
        for place in places { mean += Double(pixels[place]) }
        mean /= Double(image.height * image.width)
        for place in places {
          pixels[place] = Float((Double(pixels[place]) - mean) * factor + mean)
        }
      }
    }
  }

  func occluded(_ inputs: Tensor, _ share: Double, _ noise: NoiseStream) -> Tensor {
    let side = share.squareRoot()
    let height = Int((side * Double(image.height)).rounded())
    let width = Int((side * Double(image.width)).rounded())
    let middle = image.range.lowerBound + (image.range.upperBound - image.range.lowerBound) / 2
    // Two choices an image.
    let words = noise.evaluationWords(
      site: "corruption.occlusion", rows: inputs.shape[0], columns: 4)
    return image.changed(inputs) { pixels, first, row in
      let top = words.choice(2 * row, of: image.height - height + 1)
      let left = words.choice(2 * row + 1, of: image.width - width + 1)
      for line in top..<top + height {
        let start = first + (line * image.width + left) * image.channels
        for place in start..<start + width * image.channels { pixels[place] = middle }
      }
    }
  }

  /// A draw is the least count whose cumulative probability reaches a uniform draw, which Poisson's recurrence finds.
  func counted(_ inputs: Tensor, photons: Double, _ noise: NoiseStream) -> Tensor {
    let uniform = noise.evaluationDraws(
      from: Uniform(low: 0, high: 1), site: "corruption.shotNoise", rows: inputs.shape[0],
      columns: inputs.shape[1])
    let low = Double(image.range.lowerBound)
    let extent = Double(image.range.upperBound) - low
    return inputs.combining(uniform) { pixel, p in
      let rate = (Double(pixel) - low) / extent * photons
      // Far beyond any count of a probability above 2⁻²⁴, where rounding might keep the sum below p.
      let most = rate + 20 * rate.squareRoot() + 40
      var count = 0.0
      var probability = ReproducibleDoubleMath.exp(-rate)
      var sum = probability
      while sum < Double(p), count < most {
        count += 1
        probability *= rate / count
        sum += probability
      }
      return Float(low + count / photons * extent)
    }
  }
}
