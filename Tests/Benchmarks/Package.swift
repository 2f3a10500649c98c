// swift-tools-version: 6.2
import PackageDescription

// A package of its own, so that what a benchmark needs is never a dependency of the library.
let package = Package(
  name: "Benchmarks",
  platforms: [.macOS(.v15)],
  dependencies: [.package(name: "dither", path: "../..")],
  targets: [
    .target(name: "Peak", cSettings: [.unsafeFlags(["-O3"])]),
    .executableTarget(
      name: "FirstSpeeds",
      dependencies: [
        "Peak",
        .product(name: "DitherRuntime", package: "dither"),
        .product(name: "DitherTensors", package: "dither"),
        .product(name: "NoiseDistributions", package: "dither"),
        .product(name: "Layers", package: "dither"),
      ]),
  ],
  swiftLanguageModes: [.v6],
  cLanguageStandard: .c11
)
