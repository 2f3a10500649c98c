import DitherRuntime
public import DitherTensors
public import NoiseDistributions

/// A corruption of images.
///
/// The strengths that stand by default are those of CIFAR-10-C, for small images (Hendrycks & Dietterich 2019, *Benchmarking
/// neural network robustness to common corruptions and perturbations*), but for occlusion, which it has not. Results stay in the
/// image's range.
///
/// ```swift
/// let digits = ImageShape(height: 8, width: 8)
/// let blurred = ImageCorruption.blur(digits).corrupted(inputs, severity: 3, noise: noise)
/// // As strong as in ImageNet-C.
/// let strong = ImageCorruption.shotNoise(digits, photons: [60, 25, 12, 5, 3])
/// ```
public struct ImageCorruption: Corruption, Hashable {
  enum Kind: String, Hashable {
    case blur, contrast, occlusion, saltAndPepper, shotNoise
  }

  public let name: String
  /// What the pixels are.
  public let image: ImageShape
  /// Of each severity the number that says how strong it is.
  public let strengths: [Float]

  let kind: Kind

  private init(
    _ kind: Kind, _ name: String, _ image: ImageShape, _ strengths: [Float], _ parameter: String,
    _ expected: String, _ isAllowed: (Float) -> Bool
  ) {
    require(
      strengths.count == severities.count && strengths.allSatisfy(isAllowed),
      "ImageCorruption: \(parameter) is \(strengths); expected \(severities.count) numbers, each \(expected)"
    )
    self.kind = kind
    self.name = name
    self.image = image
    self.strengths = strengths
  }

  /// Blur by a Gaussian: each channel with weights proportional to exp(−d² / 2σ²), cut off at ⌊4σ + ½⌋ pixels, the pixels of the
  /// edge going on beyond it.
  ///
  /// - Parameters:
  ///   - image: what the pixels are.
  ///   - standardDeviations: σ in pixels, five numbers above 0 and at most 1000; others stop the program.
  public static func blur(
    _ image: ImageShape, standardDeviations: [Float] = [0.4, 0.6, 0.7, 0.8, 1]
  ) -> ImageCorruption {
    ImageCorruption(
      .blur, "blur", image, standardDeviations, "standardDeviations", "above 0 and at most 1000"
    ) { $0 > 0 && $0 <= 1000 }
  }

  /// Less contrast: (x − m) · factor + m, m being the mean of the image's channel.
  ///
  /// - Parameters:
  ///   - image: what the pixels are.
  ///   - factors: five numbers of 0…1; others stop the program.
  public static func contrast(
    _ image: ImageShape, factors: [Float] = [0.75, 0.5, 0.4, 0.3, 0.15]
  ) -> ImageCorruption {
    ImageCorruption(.contrast, "contrast", image, factors, "factors", "0…1") {
      $0 >= 0 && $0 <= 1
    }
  }

  /// A rectangle of the image's proportions, at a place that is drawn for each image, is set to the middle of the range (DeVries &
  /// Taylor 2017, *Improved regularization of convolutional neural networks with cutout*). Its sides are √share of the image's,
  /// rounded.
  ///
  /// - Parameters:
  ///   - image: what the pixels are.
  ///   - shares: of the image's area, five numbers of 0…1; others stop the program.
  public static func occlusion(
    _ image: ImageShape, shares: [Float] = [0.05, 0.12, 0.22, 0.35, 0.5]
  ) -> ImageCorruption {
    ImageCorruption(.occlusion, "occlusion", image, shares, "shares", "0…1") {
      $0 >= 0 && $0 <= 1
    }
  }

  /// Each number becomes an end of the range, each end with half of the rate.
  ///
  /// - Parameters:
  ///   - image: what the pixels are.
  ///   - rates: five numbers of 0…1; others stop the program.
  public static func saltAndPepper(
    _ image: ImageShape, rates: [Float] = [0.01, 0.02, 0.03, 0.05, 0.07]
  ) -> ImageCorruption {
    ImageCorruption(.saltAndPepper, "salt and pepper", image, rates, "rates", "0…1") {
      $0 >= 0 && $0 <= 1
    }
  }

  /// Counted light: N / photons with N drawn from the Poisson distribution of rate x · photons, x being 0 at the lower end of the
  /// range and 1 at the upper, to which it is cut.
  ///
  /// The photons that stand by default are CIFAR-10-C's, which take next to nothing from images of few large shapes: a network of the 8×8
  /// digits was no more often wrong at any of the five severities than without. ImageNet-C's 60, 25, 12, 5 and 3 are stronger.
  ///
  /// - Parameters:
  ///   - image: what the pixels are.
  ///   - photons: that white is the mean of, five numbers above 0 and at most 700; others stop the program.
  public static func shotNoise(
    _ image: ImageShape, photons: [Float] = [500, 250, 100, 75, 50]
  ) -> ImageCorruption {
    ImageCorruption(
      .shotNoise, "shot noise", image, photons, "photons", "above 0 and at most 700"
    ) { $0 > 0 && $0 <= 700 }
  }

  /// All five, at the strengths that stand by default.
  public static func all(_ image: ImageShape) -> [ImageCorruption] {
    [blur(image), contrast(image), occlusion(image), saltAndPepper(image), shotNoise(image)]
  }

  /// Spoils images: see ``Corruption``. Inputs that are none, a pixel that is not within the image's range, and a severity outside of
  /// 1…5 stop the program.
  public func corrupted(_ inputs: Tensor, severity: Int, noise: NoiseStream) -> Tensor {
    image.requireFits(inputs, "ImageCorruption")
    requireSeverity(severity, "ImageCorruption")
    let strength = strengths[severity - 1]
    let corrupted =
      switch kind {
      case .blur: blurred(inputs, Double(strength))
      case .contrast: flattened(inputs, Double(strength))
      case .occlusion: occluded(inputs, Double(strength), noise)
      case .saltAndPepper:
        inputs.perturbed(
          by: .replacing(
            SaltAndPepper(
              rate: Double(strength), low: image.range.lowerBound, high: image.range.upperBound)),
          noise, site: "corruption.saltAndPepper")
      case .shotNoise: counted(inputs, photons: Double(strength), noise)
      }
    return corrupted.clamped(to: image.range)
  }
}

func requireSeverity(_ severity: Int, _ operation: String) {
  require(
    severities.contains(severity),
    "\(operation): severity is \(severity); expected \(severities.lowerBound)…\(severities.upperBound)"
  )
}
