// swift-tools-version: 6.2
import PackageDescription

// The tagged copy of the repository that Tests/Consumers/run makes.
let dither = Context.environment["DITHER_REPOSITORY"]!

let package = Package(
  name: "NoiseOnly",
  dependencies: [.package(url: dither, from: "0.1.0")],
  targets: [
    .executableTarget(
      name: "NoiseOnly", dependencies: [.product(name: "NoiseDistributions", package: "dither")],
      path: "Sources")
  ]
)
