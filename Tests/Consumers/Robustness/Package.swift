// swift-tools-version: 6.2
import PackageDescription

// The tagged copy of the repository that Tests/Consumers/run makes.
let dither = Context.environment["DITHER_REPOSITORY"]!

let package = Package(
  name: "Robustness",
  dependencies: [.package(url: dither, from: "0.1.0")],
  targets: [
    .executableTarget(
      name: "Robustness",
      dependencies: [
        .product(name: "DitherData", package: "dither"),
        .product(name: "DitherRobustness", package: "dither"),
        .product(name: "DitherTensors", package: "dither"),
        .product(name: "Layers", package: "dither"),
        .product(name: "NoiseDistributions", package: "dither"),
      ],
      path: "Sources")
  ],
  swiftLanguageModes: [.v6]
)
