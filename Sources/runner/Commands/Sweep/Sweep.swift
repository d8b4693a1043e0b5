import ArgumentParser

struct Sweep: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sweep",
    abstract: "A grid of attacks × levels × models over many seeds, kept in a store.",
    discussion: """
      Examples:
        runner sweep --attacks uniform,flip --levels 0,0.1,0.3 --seeds 2000
        runner sweep --models knn,rbf-svm:C=10,gamma=0.5,softmax --until-ci 0.01
        runner sweep run --help
        runner sweep status --help
      """,
    subcommands: [SweepRun.self, SweepStatus.self, SweepExport.self],
    defaultSubcommand: SweepRun.self)
}
