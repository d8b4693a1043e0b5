// swift-tools-version: 6.2
import PackageDescription

/// One row of the table of modules below.
struct Module {
  enum Kind { case library, program, tests, testSupport }

  let name: String
  let kind: Kind
  let imports: [Target.Dependency]
  let excluded: [String]

  init(
    _ name: String, _ kind: Kind = .library, imports: [Target.Dependency] = [],
    excluding excluded: [String] = []
  ) {
    self.name = name
    self.kind = kind
    self.imports = imports
    self.excluded = excluded
  }
}

let argumentParser = Target.Dependency.product(
  name: "ArgumentParser", package: "swift-argument-parser")
let protobuf = Target.Dependency.product(name: "SwiftProtobuf", package: "swift-protobuf")
let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let yams = Target.Dependency.product(name: "Yams", package: "Yams")

// Arrows point down: a module imports only modules above it in this table.
let modules = [
  Module("LinAlg", imports: ["CBLAS"]),
  Module("Files", imports: ["CCrypto"]),
  Module("Datasets", imports: ["Files", "LinAlg", yams]),
  Module("Models", imports: ["LinAlg"]),
  Module("Poisoning", imports: ["Models", "Datasets", "LinAlg"]),
  Module("Defenses", imports: ["Models", "Datasets", "LinAlg"]),
  Module(
    "Sweeps",
    imports: ["Poisoning", "Defenses", "Models", "Datasets", "Files", "LinAlg", grdb]),
  Module("ONNX", imports: ["Models", "LinAlg", protobuf], excluding: ["Proto/onnx.proto"]),
  Module("Tracking", imports: ["Files", grdb, yams]),
  Module(
    "Reporting", imports: ["Sweeps", "Poisoning", "Defenses", "Models", "Datasets", "Files"]),
  Module(
    "Publishing",
    imports: [
      "Reporting", "Tracking", "ONNX", "Sweeps", "Poisoning", "Defenses", "Models", "Datasets",
      "LinAlg", "Files",
    ]),
  Module(
    "runner", .program,
    imports: [
      "Publishing", "Reporting", "Tracking", "Sweeps", "Poisoning", "Defenses", "Models",
      "Datasets", "LinAlg", "Files",
      argumentParser,
    ]),
  Module(
    "bench", .program,
    imports: [
      "Reporting", "Sweeps", "Poisoning", "Defenses", "Models", "Datasets", "Files", "LinAlg",
      argumentParser,
    ]),
  Module("TestSupport", .testSupport, imports: ["Datasets", "LinAlg"]),
  Module("FilesTests", .tests, imports: ["Files"]),
  Module("LinAlgTests", .tests, imports: ["LinAlg", "TestSupport"]),
  Module("DatasetsTests", .tests, imports: ["Datasets", "LinAlg", "TestSupport"]),
  Module(
    "ModelsTests", .tests,
    imports: ["Models", "Sweeps", "Poisoning", "Defenses", "Datasets", "LinAlg", "TestSupport"]),
  Module(
    "PoisoningTests", .tests,
    imports: ["Sweeps", "Poisoning", "Defenses", "Models", "Datasets", "LinAlg", "TestSupport"]),
  Module(
    "DefensesTests", .tests,
    imports: ["Sweeps", "Poisoning", "Defenses", "Models", "Datasets", "LinAlg", "TestSupport"]),
  Module(
    "SweepsTests", .tests,
    imports: [
      "Sweeps", "Poisoning", "Defenses", "Models", "Datasets", "LinAlg", "TestSupport", grdb,
    ]),
  Module(
    "ONNXTests", .tests,
    imports: [
      "ONNX", "Sweeps", "Poisoning", "Defenses", "Models", "Datasets", "LinAlg", "TestSupport",
    ]),
  Module("TrackingTests", .tests, imports: ["Tracking", "TestSupport", grdb]),
  Module(
    "ReportingTests", .tests,
    imports: [
      "Reporting", "Sweeps", "Poisoning", "Defenses", "Models", "Datasets", "Files", "LinAlg",
      "TestSupport",
    ]),
  Module("RunnerTests", .tests, imports: ["runner", "Datasets", "TestSupport"]),
]

/// The instruction set every target is compiled for: AVX2 and FMA on x86, the base set elsewhere.
///
/// `HEMLOCK_MARCH` (`native`, `x86-64-v4`, …) chooses another; the programs check it at start.
let targetCPU: [SwiftSetting] = {
  #if arch(x86_64)
    let march = Context.environment["HEMLOCK_MARCH"] ?? "x86-64-v3"
  #else
    guard let march = Context.environment["HEMLOCK_MARCH"] else { return [] }
  #endif
  return [.unsafeFlags(["-Xcc", "-march=\(march)"])]
}()

/// `HEMLOCK_STRICT=1`, set by the test script, turns every warning into an error.
let warnings: [SwiftSetting] =
  Context.environment["HEMLOCK_STRICT"] == "1"
  ? [.treatAllWarnings(as: .error)]
  : [.treatWarning("StrictMemorySafety", as: .error)]

let settings: [SwiftSetting] =
  targetCPU + warnings + [
    .strictMemorySafety(),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
  ]

let package = Package(
  name: "Hemlock",
  products: [
    .executable(name: "runner", targets: ["runner"]),
    .executable(name: "bench", targets: ["bench"]),
    // For Benchmarks/, a package of its own: it sees what is public, nothing more.
    .library(
      name: "Hemlock", targets: ["LinAlg", "Datasets", "Models", "Poisoning", "Defenses", "Sweeps"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    .package(url: "https://github.com/apple/swift-protobuf", from: "1.39.0"),
  ],
  targets: [
    .systemLibrary(
      name: "CBLAS", pkgConfig: "openblas lapacke",
      providers: [.apt(["libopenblas-dev", "liblapacke-dev"])]),
    .systemLibrary(
      name: "CCrypto", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),
  ]
    + modules.map { module in
      switch module.kind {
      case .library:
        .target(
          name: module.name, dependencies: module.imports, exclude: module.excluded,
          swiftSettings: settings)
      case .program:
        .executableTarget(
          name: module.name, dependencies: module.imports, swiftSettings: settings)
      case .testSupport:
        .target(
          name: module.name, dependencies: module.imports, path: "Tests/\(module.name)",
          swiftSettings: settings)
      case .tests:
        .testTarget(name: module.name, dependencies: module.imports, swiftSettings: settings)
      }
    }
)
