// swift-tools-version: 6.2
import PackageDescription

// MARK: Settings

/// Every Swift target is checked for data races (language mode 6, below) and for unsafe memory use;
/// an import is internal unless it says otherwise, so what a module exposes of another is written down.
let swiftSettings: [SwiftSetting] = [
  .strictMemorySafety(), .enableUpcomingFeature("InternalImportsByDefault"),
]

/// What computes millions of draws in Swift, or their statistics, is always optimised too, as the kernels are.
let optimizedSettings = swiftSettings + [.unsafeFlags(["-O"])]

/// The kernels are always optimised: a debug build that ran them at -O0 would crawl.
/// A multiplication and an addition are never contracted: the order of arithmetic is part of the interface.
let kernelSettings: [CSetting] = [
  .headerSearchPath("."),
  .unsafeFlags(["-O3", "-ffp-contract=off", "-fno-math-errno"]),
  .unsafeFlags(["-fopenmp"], .when(platforms: [.linux], traits: ["OpenMP"])),
  .unsafeFlags(
    ["-Xpreprocessor", "-fopenmp"], .when(platforms: [.macOS], traits: ["OpenMP"])),
]

let kernelLinkerSettings: [LinkerSetting] = [
  .linkedLibrary("m", .when(platforms: [.linux])),
  .linkedLibrary("omp5", .when(platforms: [.linux], traits: ["OpenMP"])),
  .linkedLibrary("omp", .when(platforms: [.macOS], traits: ["OpenMP"])),
  .unsafeFlags(
    ["-L/opt/homebrew/opt/libomp/lib", "-L/usr/local/opt/libomp/lib"],
    .when(platforms: [.macOS], traits: ["OpenMP"])),
]

let argumentParser = Target.Dependency.product(
  name: "ArgumentParser", package: "swift-argument-parser")

let mustache = Target.Dependency.product(name: "Mustache", package: "swift-mustache")

// MARK: Targets

/// One row a Swift target. `tests` names the test target's folder where there is one.
func library(
  _ name: String, path: String? = nil, _ dependencies: [Target.Dependency],
  resources: [Resource]? = nil, settings: [SwiftSetting] = swiftSettings
) -> Target {
  .target(
    name: name, dependencies: dependencies, path: path, resources: resources,
    swiftSettings: settings)
}

func example(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
  .executableTarget(
    name: name, dependencies: dependencies, path: "Examples/\(name)", swiftSettings: swiftSettings)
}

func tests(
  _ name: String, _ dependencies: [Target.Dependency], resources: [Resource]? = nil,
  settings: [SwiftSetting] = swiftSettings
) -> Target {
  .testTarget(
    name: name, dependencies: dependencies, resources: resources, swiftSettings: settings)
}

let libraries: [Target] = [
  .target(
    name: "CKernels", path: "CKernels", cSettings: kernelSettings,
    linkerSettings: kernelLinkerSettings),
  library("DitherRuntime", ["CKernels"]),
  library("DitherTensors", ["CKernels", "DitherRuntime"]),
  library("NoiseDistributions", ["CKernels", "DitherRuntime"]),
  library(
    "NoiseDistributionTesting", ["DitherRuntime", "NoiseDistributions"],
    settings: optimizedSettings),
  library("Layers", ["CKernels", "DitherRuntime", "DitherTensors", "NoiseDistributions"]),
  library("Optimizers", ["CKernels", "DitherRuntime", "DitherTensors", "NoiseDistributions"]),
  library(
    "DitherData", ["CKernels", "DitherRuntime", "DitherTensors"], resources: [.copy("Resources")]),
  library(
    "DitherTraining",
    [
      "DitherData", "DitherRuntime", "DitherTensors", "Layers", "NoiseDistributions", "Optimizers",
    ]),
  library(
    "DitherRobustness",
    [
      "AcousticNoise", "DitherData", "DitherRuntime", "DitherTensors", "DitherTraining", "Layers",
      "NoiseDistributions", "Optimizers",
    ], settings: optimizedSettings),
  library(
    "HeavyTailedNoise", path: "Plugins/HeavyTailedNoise", ["NoiseDistributions"],
    settings: optimizedSettings),
  library(
    "AcousticNoise", path: "Plugins/AcousticNoise", ["DitherTensors", "NoiseDistributions"],
    settings: optimizedSettings),
]

/// The program. It is no product: packages that use a library would fetch what the program alone needs.
let program = Target.executableTarget(
  name: "dither",
  dependencies: [
    "AcousticNoise", "DitherCharts", "DitherData", "DitherRobustness", "DitherRuntime",
    "DitherTensors", "DitherTraining", "HeavyTailedNoise", "Layers", "NoiseDistributions",
    "Optimizers", argumentParser, mustache,
  ],
  path: "Sources/dither", swiftSettings: swiftSettings)

let examples: [Target] = [
  // What the studies share: parallel trainings, a bar, intervals, options, files of results.
  library("ExampleSupport", path: "Examples/Support", ["DitherRuntime", argumentParser]),
  example("InputNoise", ["Layers", "NoiseDistributions", "DitherTensors"]),
  example("OutputNoise", ["Layers", "NoiseDistributions", "DitherTensors"]),
  example("Dropout", ["Layers", "NoiseDistributions", "DitherTensors"]),
  example("CustomDistribution", ["Layers", "NoiseDistributions", "DitherTensors"]),
  example(
    "NoiseStudy",
    [
      "Layers", "NoiseDistributions", "Optimizers", "DitherTensors", "DitherRuntime", "DitherData",
      "ExampleSupport", argumentParser,
    ]
  ),
  example(
    "PublishedResults",
    [
      "DitherData", "DitherRuntime", "DitherTensors", "DitherTraining", "ExampleSupport", "Layers",
      "NoiseDistributions", "Optimizers", argumentParser,
    ]),
  // What the study of speech does apart from its program, so that tests reach it.
  library(
    "SpokenDigitsStudy", path: "Examples/SpokenDigits/Study",
    [
      "AcousticNoise", "DitherCharts", "DitherData", "DitherRobustness", "DitherTensors",
      "DitherTraining", "ExampleSupport", "Layers", "NoiseDistributions", "Optimizers",
    ], settings: optimizedSettings),
  .executableTarget(
    name: "SpokenDigits", dependencies: ["ExampleSupport", "SpokenDigitsStudy", argumentParser],
    path: "Examples/SpokenDigits/Program", swiftSettings: swiftSettings),
  // The gallery's numbers and pictures apart from its program, so that tests reach them.
  library(
    "NoiseGalleryFigures", path: "Examples/NoiseGallery/Figures",
    [
      "AcousticNoise", "DitherData", "DitherTensors", "DitherCharts", "HeavyTailedNoise", "Layers",
      "NoiseDistributions",
    ]),
  // The benchmark's charts, under another name: the two packages meet in one build. The program and examples draw with them.
  library("DitherCharts", path: "Tests/Benchmarks/Sources/Charts", []),
  .executableTarget(
    name: "NoiseGallery", dependencies: ["NoiseGalleryFigures", argumentParser],
    path: "Examples/NoiseGallery/Program", swiftSettings: swiftSettings),
]

let testTargets: [Target] = [
  library(
    "TestSupport", path: "Tests/TestSupport",
    [
      "DitherData", "DitherRuntime", "DitherTensors", "NoiseDistributions",
      "NoiseDistributionTesting",
    ],
    settings: optimizedSettings),
  // The benchmark's, under another name: the two packages meet in one build.
  .target(name: "AllocationCounter", path: "Tests/Benchmarks/Sources/CountingAllocator"),
  tests(
    "NoiseDistributionsTests",
    ["CKernels", "DitherRuntime", "NoiseDistributions", "TestSupport"],
    resources: [.copy("Resources")], settings: optimizedSettings),
  tests(
    "NoiseDistributionTestingTests",
    [
      "AcousticNoise", "CKernels", "DitherRuntime", "HeavyTailedNoise", "NoiseDistributions",
      "NoiseDistributionTesting", "TestSupport",
    ], settings: optimizedSettings),
  tests(
    "HeavyTailedNoiseTests",
    ["DitherRuntime", "HeavyTailedNoise", "NoiseDistributions", "TestSupport"],
    resources: [.copy("Resources")], settings: optimizedSettings),
  tests(
    "AcousticNoiseTests",
    [
      "AcousticNoise", "DitherRuntime", "DitherTensors", "Layers", "NoiseDistributions",
      "TestSupport",
    ]),
  .executableTarget(
    name: "RawStream", dependencies: ["NoiseDistributions"], path: "Tests/RawStream",
    swiftSettings: swiftSettings),
  tests("DitherRuntimeTests", ["CKernels", "DitherRuntime", "TestSupport"]),
  tests("DitherTensorsTests", ["DitherTensors", "DitherRuntime", "TestSupport"]),
  tests(
    "DitherDataTests", ["DitherData", "DitherRuntime", "DitherTensors", "TestSupport"],
    resources: [.copy("Resources")]),
  tests("CKernelsTests", ["CKernels", "DitherRuntime"], settings: optimizedSettings),
  tests(
    "LayersTests",
    [
      "AllocationCounter", "CKernels", "Layers", "NoiseDistributions", "DitherTensors",
      "DitherRuntime", "Optimizers", "TestSupport",
    ],
    resources: [.copy("Resources")]),
  tests(
    "OptimizersTests",
    ["Optimizers", "NoiseDistributions", "DitherTensors", "DitherRuntime", "TestSupport"],
    resources: [.copy("Resources")]),
  tests(
    "DitherTrainingTests",
    [
      "DitherData", "DitherRuntime", "DitherTensors", "DitherTraining", "Layers",
      "NoiseDistributions", "Optimizers", "TestSupport",
    ],
    resources: [.copy("Resources")]),
  tests(
    "DitherRobustnessTests",
    [
      "AcousticNoise", "DitherData", "DitherRobustness", "DitherRuntime", "DitherTensors",
      "DitherTraining", "Layers", "NoiseDistributions", "Optimizers", "TestSupport",
    ],
    resources: [.copy("Resources")]),
  tests(
    "ExamplesTests",
    ["DitherData", "DitherTensors", "NoiseDistributions", "SpokenDigitsStudy", "TestSupport"]),
  tests(
    "DitherCommandTests",
    [
      "DitherData", "DitherTensors", "DitherTraining", "Layers", "NoiseDistributions",
      "TestSupport", "dither",
    ], resources: [.copy("Resources")]),
  tests(
    "NoiseGalleryTests",
    [
      "AcousticNoise", "HeavyTailedNoise", "NoiseDistributions", "NoiseGalleryFigures",
      "TestSupport",
    ]),
]

// MARK: Package

let package = Package(
  name: "dither",
  platforms: [.macOS(.v15)],
  products: libraries.map { .library(name: $0.name, targets: [$0.name]) },
  traits: [
    .trait(name: "OpenMP", description: "Kernels run on several threads (needs libomp)."),
    .default(enabledTraits: ["OpenMP"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.1"),
  ],
  targets: libraries + [program] + examples + testTargets,
  swiftLanguageModes: [.v6],
  cLanguageStandard: .c11
)
