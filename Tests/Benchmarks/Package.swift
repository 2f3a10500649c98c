// swift-tools-version: 6.2
import PackageDescription

let argumentParser = Target.Dependency.product(
  name: "ArgumentParser", package: "swift-argument-parser")

func dither(_ names: String...) -> [Target.Dependency] {
  names.map { .product(name: $0, package: "dither") }
}

/// As strict as the library's own, of which the charts may become a part.
let reportSettings: [SwiftSetting] = [
  .strictMemorySafety(), .enableUpcomingFeature("InternalImportsByDefault"),
]

// A package of its own, so that what a benchmark needs is never a dependency of the library.
let package = Package(
  name: "Benchmarks",
  platforms: [.macOS(.v15)],
  dependencies: [
    .package(name: "dither", path: "../.."),
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
  ],
  targets: [
    // What conductor and contenders say to each other.
    .target(name: "BenchmarkProtocol"),

    // The contenders, a program each.
    .target(name: "MachineLimits", cSettings: [.unsafeFlags(["-O3"])]),
    .executableTarget(name: "Machine", dependencies: ["BenchmarkProtocol", "MachineLimits"]),
    .target(name: "CountingAllocator", cSettings: [.unsafeFlags(["-O3"])]),
    .executableTarget(
      name: "Contender",
      dependencies: ["BenchmarkProtocol", "CountingAllocator"]
        + dither(
          "DitherRuntime", "DitherTensors", "DitherData", "DitherTraining", "DitherRobustness",
          "NoiseDistributions", "Layers", "Optimizers")),

    // Rows, and what is made of them: JSON, tables, plots.
    .target(name: "Charts", swiftSettings: reportSettings),
    .target(name: "BenchmarkReport", dependencies: ["Charts"], swiftSettings: reportSettings),
    .executableTarget(name: "BenchReport", dependencies: ["BenchmarkReport", argumentParser]),
    // What is measured, by turns, and what rows become of it.
    .target(name: "BenchmarkConductor", dependencies: ["BenchmarkProtocol", "BenchmarkReport"]),
    .executableTarget(
      name: "Bench", dependencies: ["BenchmarkConductor", "BenchmarkReport", argumentParser]),

    .executableTarget(
      name: "FakeContender", dependencies: ["BenchmarkProtocol"], path: "Tests/FakeContender"),
    .testTarget(name: "ChartsTests", dependencies: ["Charts"]),
    .testTarget(name: "BenchmarkReportTests", dependencies: ["BenchmarkReport"]),
    .testTarget(
      name: "BenchmarkConductorTests",
      dependencies: ["BenchmarkConductor", "BenchmarkProtocol", "BenchmarkReport", "FakeContender"]),
  ],
  swiftLanguageModes: [.v6],
  cLanguageStandard: .c11
)
