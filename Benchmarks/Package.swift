// swift-tools-version: 6.2
import PackageDescription

/// As in the package above: one instruction set for the whole program.
let targetCPU: [SwiftSetting] = {
  #if arch(x86_64)
    let march = Context.environment["HEMLOCK_MARCH"] ?? "x86-64-v3"
  #else
    guard let march = Context.environment["HEMLOCK_MARCH"] else { return [] }
  #endif
  return [.unsafeFlags(["-Xcc", "-march=\(march)"])]
}()

let package = Package(
  name: "HemlockBenchmarks",
  dependencies: [
    // Named, because a path alone is known by the folder it happens to be cloned into.
    .package(name: "Hemlock", path: ".."),
    // Without its interposers of malloc and of reference counting, which slow what is timed.
    .package(url: "https://github.com/ordo-one/benchmark", from: "1.38.1", traits: []),
  ],
  targets: [
    .executableTarget(
      name: "Kernels",
      dependencies: [
        .product(name: "Hemlock", package: "Hemlock"),
        .product(name: "Benchmark", package: "benchmark"),
      ],
      path: "Benchmarks/Kernels",
      swiftSettings: targetCPU + [
        .strictMemorySafety(),
        .treatWarning("StrictMemorySafety", as: .error),
        .enableUpcomingFeature("ExistentialAny"),
        .enableUpcomingFeature("InternalImportsByDefault"),
        .enableUpcomingFeature("MemberImportVisibility"),
      ],
      plugins: [.plugin(name: "BenchmarkPlugin", package: "benchmark")])
  ]
)
