// swift-tools-version: 6.2
import PackageDescription

/// One row of the table of modules below.
struct Module {
  /// Tests whose time is not in their own code are compiled without optimisation, 2.7 times sooner.
  enum Kind { case library, program, tests, quicklyCompiledTests, testSupport }

  let name: String
  let kind: Kind
  let imports: [Target.Dependency]

  init(_ name: String, _ kind: Kind = .library, imports: [Target.Dependency] = []) {
    self.name = name
    self.kind = kind
    self.imports = imports
  }
}

let argumentParser = Target.Dependency.product(
  name: "ArgumentParser", package: "swift-argument-parser")
let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let yams = Target.Dependency.product(name: "Yams", package: "Yams")

// Arrows point down: a module imports only modules above it in this table.
var modules = [
  Module("LinAlg", imports: ["CBLAS"]),
  Module("Files", imports: ["CCrypto", "CZlib", "CZstd"]),
  Module("Statistics", imports: ["LinAlg"]),
  Module("Documents", imports: ["Files", yams]),
  Module("Datasets", imports: ["Documents", "Files", "LinAlg"]),
  Module("Provenance", imports: ["Datasets", "Documents", "Files"]),
  Module("Validation", imports: ["Datasets", "Documents", "Statistics", "Files", "LinAlg"]),
  Module("Models", imports: ["Documents", "LinAlg"]),
  Module("Poisoning", imports: ["Models", "Datasets", "Documents", "LinAlg"]),
  Module(
    "Defenses", imports: ["Models", "Validation", "Datasets", "Documents", "Statistics", "LinAlg"]),
  Module(
    "Sweeps",
    imports: [
      "Poisoning", "Defenses", "Models", "Datasets", "Documents", "Statistics", "Files", "LinAlg",
    ]),
  Module(
    "Store",
    imports: [
      "Sweeps", "Poisoning", "Defenses", "Models", "Datasets", "Documents", "Statistics", "Files",
      "LinAlg", grdb,
    ]),
  Module(
    "Analyses",
    imports: [
      "Store", "Sweeps", "Poisoning", "Models", "Datasets", "Documents", "Statistics", "LinAlg",
    ]),
  Module(
    "Inspection",
    imports: [
      "Sweeps", "Defenses", "Models", "Validation", "Datasets", "Documents", "Statistics", "LinAlg",
    ]),
  Module("ONNX", imports: ["Models", "Files", "LinAlg"]),
  Module("Tracking", imports: ["Files", grdb, yams]),
  Module(
    "Reporting",
    imports: [
      "Inspection", "Analyses", "Store", "Sweeps", "Poisoning", "Defenses", "Models",
      "Validation", "Provenance", "Datasets", "Documents", "Statistics", "Files", "LinAlg",
    ]),
  Module(
    "Publishing",
    imports: [
      "Reporting", "Tracking", "ONNX", "Analyses", "Store", "Sweeps", "Poisoning", "Defenses",
      "Models", "Datasets", "Documents", "Statistics", "LinAlg", "Files",
    ]),
  Module(
    "runner", .program,
    imports: [
      "Publishing", "Reporting", "Tracking", "Inspection", "Analyses", "Store", "Sweeps",
      "Poisoning", "Defenses", "Models", "Validation", "Provenance", "Datasets", "Documents",
      "Statistics", "Files", "LinAlg", argumentParser,
    ]),
  Module(
    "bench", .program,
    imports: [
      "Reporting", "Sweeps", "Poisoning", "Defenses", "Models", "Datasets", "Documents",
      "Statistics",
      "Files", "LinAlg", argumentParser,
    ]),
  Module("TestSupport", .testSupport, imports: ["Datasets", "LinAlg"]),
  Module(
    "StudySupport", .testSupport,
    imports: ["Sweeps", "Poisoning", "Models", "Datasets", "Statistics"]),
  Module("FilesTests", .quicklyCompiledTests, imports: ["Files"]),
  Module("DocumentsTests", .quicklyCompiledTests, imports: ["Documents"]),
  Module("LinAlgTests", .tests, imports: ["LinAlg", "TestSupport"]),
  Module("StatisticsTests", .tests, imports: ["Statistics", "LinAlg", "TestSupport"]),
  Module(
    "DatasetsTests", .quicklyCompiledTests,
    imports: ["Datasets", "Documents", "LinAlg", "TestSupport"]),
  Module(
    "ProvenanceTests", .quicklyCompiledTests,
    imports: ["Provenance", "Datasets", "Documents", "LinAlg", "TestSupport"]),
  Module(
    "ValidationTests", .quicklyCompiledTests,
    imports: ["Validation", "Datasets", "Documents", "Statistics", "LinAlg", "TestSupport"]),
  Module(
    "ModelsTests", .tests, imports: ["Models", "Datasets", "Documents", "LinAlg", "TestSupport"]),
  Module(
    "PoisoningTests", .tests,
    imports: ["Poisoning", "Models", "Datasets", "Documents", "LinAlg", "TestSupport"]),
  Module(
    "DefensesTests", .quicklyCompiledTests,
    imports: ["Defenses", "Models", "Datasets", "Documents", "LinAlg", "TestSupport"]),
  Module(
    "SweepsTests", .tests,
    imports: [
      "Sweeps", "Poisoning", "Defenses", "Models", "Datasets", "Documents", "Statistics", "LinAlg",
      "StudySupport", "TestSupport",
    ]),
  Module(
    "StoreTests", .tests,
    imports: [
      "Store", "Sweeps", "Poisoning", "Defenses", "Models", "Datasets", "Documents", "Statistics",
      "LinAlg", "StudySupport", "TestSupport", grdb,
    ]),
  Module(
    "AnalysesTests", .tests,
    imports: [
      "Analyses", "Store", "Sweeps", "Poisoning", "Defenses", "Models", "Datasets", "Documents",
      "Statistics", "LinAlg", "StudySupport", "TestSupport",
    ]),
  Module(
    "InspectionTests", .tests,
    imports: [
      "Inspection", "Defenses", "Models", "Validation", "Datasets", "Documents", "Statistics",
      "LinAlg",
    ]),
  Module(
    "ONNXTests", .quicklyCompiledTests,
    imports: [
      "ONNX", "Sweeps", "Poisoning", "Defenses", "Models", "Datasets", "Documents", "LinAlg",
      "TestSupport",
    ]),
  Module("TrackingTests", .quicklyCompiledTests, imports: ["Tracking", "TestSupport", grdb]),
  Module(
    "ReportingTests", .quicklyCompiledTests,
    imports: [
      "Reporting", "Analyses", "Store", "Sweeps", "Poisoning", "Defenses", "Models", "Datasets",
      "Documents", "Statistics", "Files", "LinAlg", "TestSupport",
    ]),
  Module(
    "PublishingTests", .quicklyCompiledTests,
    imports: [
      "Publishing", "Reporting", "Tracking", "Analyses", "Store", "Sweeps", "Poisoning", "Defenses",
      "Models", "Datasets", "Documents", "Statistics", "Files", "LinAlg", "TestSupport",
    ]),
  Module(
    "RunnerTests", .quicklyCompiledTests,
    imports: ["runner", "Datasets", "Documents", "Files", "TestSupport"]),
]

/// `HEMLOCK_TESTS=LinAlgTests,ModelsTests` leaves out all other tests, and what only they need.
let chosenTests = Context.environment["HEMLOCK_TESTS"]?.split(separator: ",").map(String.init)
if let chosenTests {
  var needed = Set(chosenTests)
  for module in modules.reversed() where needed.contains(module.name) {
    for case .byNameItem(let name, _) in module.imports { needed.insert(name) }
  }
  modules.removeAll { !needed.contains($0.name) }
}

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

let settings: [SwiftSetting] =
  targetCPU + [
    .treatWarning("StrictMemorySafety", as: .error),
    .strictMemorySafety(),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
  ]

let package = Package(
  name: "Hemlock",
  products: chosenTests == nil
    ? [
      .executable(name: "runner", targets: ["runner"]),
      .executable(name: "bench", targets: ["bench"]),
      // For Benchmarks/, a package of its own: it sees what is public, nothing more.
      .library(
        name: "Hemlock",
        targets: [
          "LinAlg", "Statistics", "Documents", "Datasets", "Models", "Poisoning", "Defenses",
          "Sweeps", "Store", "Analyses", "Inspection",
        ]),
    ] : [],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
  ],
  targets: [
    .systemLibrary(
      name: "CBLAS", pkgConfig: "openblas lapacke",
      providers: [.apt(["libopenblas-dev", "liblapacke-dev"])]),
    .systemLibrary(
      name: "CCrypto", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),
    .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
    .systemLibrary(name: "CZstd", pkgConfig: "libzstd", providers: [.apt(["libzstd-dev"])]),
  ]
    + modules.map { module in
      switch module.kind {
      case .library:
        .target(
          name: module.name, dependencies: module.imports, swiftSettings: settings)
      case .program:
        .executableTarget(
          name: module.name, dependencies: module.imports, swiftSettings: settings)
      case .testSupport:
        .target(
          name: module.name, dependencies: module.imports, path: "Tests/\(module.name)",
          swiftSettings: settings)
      case .tests:
        .testTarget(name: module.name, dependencies: module.imports, swiftSettings: settings)
      case .quicklyCompiledTests:
        .testTarget(
          name: module.name, dependencies: module.imports,
          swiftSettings: settings + [.unsafeFlags(["-Onone"])])
      }
    }
)
