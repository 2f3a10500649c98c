// swift-tools-version: 6.2
import PackageDescription

// The library by its version. Its address comes from the environment, as a copy of the repository may lie anywhere; yours is
// written here: .package(url: "https://…/dither", from: "0.1.0").
guard let dither = Context.environment["DITHER_REPOSITORY"] else {
  fatalError("DITHER_REPOSITORY is not set; expected the address of a repository of Dither")
}

let package = Package(
  name: "OwnDistribution",
  platforms: [.macOS(.v15)],
  products: [.library(name: "OwnDistribution", targets: ["OwnDistribution"])],
  dependencies: [.package(url: dither, from: "0.1.0")],
  targets: [
    .target(
      name: "OwnDistribution",
      dependencies: [.product(name: "NoiseDistributions", package: "dither")]),
    .executableTarget(
      name: "GumbelNoise",
      dependencies: [
        "OwnDistribution",
        .product(name: "DitherTensors", package: "dither"),
        .product(name: "Layers", package: "dither"),
        .product(name: "NoiseDistributions", package: "dither"),
      ]),
    .testTarget(
      name: "OwnDistributionTests",
      dependencies: [
        "OwnDistribution",
        .product(name: "NoiseDistributionTesting", package: "dither"),
        .product(name: "NoiseDistributions", package: "dither"),
      ]),
  ],
  swiftLanguageModes: [.v6]
)
