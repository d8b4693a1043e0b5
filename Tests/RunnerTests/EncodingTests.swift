import Foundation
import Testing

/// Files with texts, gaps and dates, which all commands learn from.
@Suite struct EncodingTests {
  /// 40 rows as shops have them.
  private static let shop =
    "order,region,member,price,paid_on,outcome\n"
    + (0..<40).map { row in
      let price = row % 8 == 5 ? "" : row == 12 ? "NA" : "\(15 + row * 7 % 11).5"
      return "A-\(100 + row),\(["north", "east", "south"][row * 5 % 3]),"
        + "\(row % 3 == 0 ? "TRUE" : "FALSE"),\(price),2025-01-\(10 + row % 20),"
        + "\(row % 2 == 0 ? "keep" : "return")\n"
    }.joined()

  private struct Record: Decodable {
    struct Data: Decodable {
      struct Encoding: Decodable {
        struct Column: Decodable {
          let name: String
          let kind: String
          let values: [String]
        }
        let columns: [Column]
      }
      let features: [String]
      let digest: String
      let rows: Int
      let rowsLeftOut: Int?
      let encoding: Encoding?
    }
    let dataset: Data
  }

  private static let features = [
    "region=east", "region=north", "region=south", "member", "price",
  ]

  @Test(arguments: [
    "train --data d.csv", "experiment --data d.csv --seeds 2 --levels 0,0.2 --results r",
    "sweep --data d.csv --seeds 2 --levels 0 --models knn --attacks uniform",
    "curves --data d.csv --seeds 2 --models knn --levels 0,0.2 --added 0,1",
    "inspect d.csv --models knn --exit-zero", "validate d.csv",
    "attack --data d.csv --attack uniform --poison 0.1 --output p.csv",
  ])
  func everyCommandReadsThem(_ command: String) throws {
    try withTemporaryFolder { folder in
      try folder.write(Self.shop, to: "d.csv")
      let run = try RunnerProcess(
        command.split(separator: " ").map(String.init) + ["--target", "outcome"], in: folder)
      #expect(run.status == 0, "\(run.errors)")
      #expect(
        run.errors.contains(
          "d.csv: region as categories (3 columns), member as 0 and 1; gaps of price (6)")
      )
      #expect(run.errors.contains("\"NA\" taken for gaps"))
      #expect(run.errors.contains("order: 40 different texts, left out (--encode order=hash:32"))
    }
  }

  @Test func recordsHaveTheEncoding() throws {
    try withTemporaryFolder { folder in
      try folder.write(Self.shop, to: "d.csv")
      let train = { (options: [String]) in
        try RunnerProcess(
          ["train", "--data", "d.csv", "--target", "outcome", "--json"] + options, in: folder)
      }
      let plain = try train([]).json(as: Record.self).dataset
      #expect(plain.features == Self.features && plain.rows == 40)
      #expect(plain.encoding?.columns.map(\.name).first == "order")
      #expect(plain.rowsLeftOut == nil)
      let said = try train(["--encode", "paid_on=date,order=ignore", "--missing", "drop"])
      let dropped = try said.json(as: Record.self).dataset
      #expect(dropped.features == Self.features + ["paid_on"])
      #expect(dropped.rows == 34 && dropped.rowsLeftOut == 6 && dropped.digest != plain.digest)
      #expect(said.errors.contains("6 of 40 rows left out for their gaps"), "\(said.errors)")
    }
  }

  /// What is poisoned is a file of the same columns, and cells that are left alone keep their bytes.
  @Test func attacksWriteTexts() throws {
    try withTemporaryFolder { folder in
      try folder.write(Self.shop, to: "d.csv")
      let run = try RunnerProcess(
        [
          "attack", "--data", "d.csv", "--target", "outcome", "--attack", "uniform", "--poison",
          "0.5", "--missing", "price=drop", "--output", "p.csv",
        ], in: folder)
      #expect(run.status == 0, "\(run.errors)")
      let (before, after) = (try Table("d.csv", in: folder), try Table("p.csv", in: folder))
      #expect(after.header == before.header + ["poisoned", "row", "was"])
      #expect(after.rows.count == 40)
      let regions = try after.column("region")
      #expect(Set(regions).isSubset(of: ["north", "east", "south"]))
      #expect(Set(try after.column("member")).isSubset(of: ["TRUE", "FALSE"]))
      #expect(try regions != before.column("region"))
      // What nothing is made of stays, and so do the rows that were left out.
      #expect(try after.column("order") == before.column("order"))
      for (row, (old, new)) in zip(before.rows, after.rows).enumerated() {
        let isClean = new[new.count - 3].isEmpty
        #expect(!isClean || Array(new.prefix(old.count)) == old)
        #expect(new[new.count - 2] == "\(row + 1)")
        #expect(isClean || !["", "NA"].contains(old[3]), "row \(row + 1) was left out")
      }
    }
  }

  @Test func dumpsHaveWhatModelsSee() throws {
    try withTemporaryFolder { folder in
      try folder.write(Self.shop, to: "d.csv")
      let run = try RunnerProcess(
        [
          "train", "--data", "d.csv", "--target", "outcome", "--encode", "paid_on=ignore",
          "--missing", "price=drop", "--dump", "run", "--poison", "0.2",
        ], in: folder)
      #expect(run.status == 0, "\(run.errors)")
      let dump = folder.appendingPathComponent("run")
      let validation = try Table("validation.csv", in: dump)
      #expect(validation.header == ["row_id"] + Self.features + ["outcome"])
      // Rows of the file, from 0.
      let original = try Table("d.csv", in: folder)
      for row in validation.rows {
        let source = original.rows[try #require(Int(row[0]))]
        #expect(Double(row[5]) == Double(source[3]) && row[6] == source[5])
        #expect(row[4] == (source[2] == "TRUE" ? "1.0" : "0.0"))
      }
    }
  }

  /// A store knows how its file was read.
  @Test func replaysReadTheSame() throws {
    try withTemporaryFolder { folder in
      try folder.write(Self.shop, to: "d.csv")
      let data = ["--data", "d.csv", "--target", "outcome", "--missing", "indicator"]
      let sweep = try RunnerProcess(
        ["sweep", "--seeds", "3", "--levels", "0,0.2", "--models", "knn", "--attacks", "uniform"]
          + data, in: folder)
      #expect(sweep.status == 0, "\(sweep.errors)")
      let replay = { (options: [String]) in
        try RunnerProcess(
          ["replay", "sweep.sqlite", "--poison", "0.2", "--model", "knn", "--seed", "2"] + options,
          in: folder)
      }
      let same = try replay(data)
      #expect(same.status == 0 && same.errors.contains("as counted by the sweep"), "\(same.errors)")
      #expect(try replay(Array(data.dropLast(2))).status != 0)
    }
  }

  @Test func plansSayHow() throws {
    try withTemporaryFolder { folder in
      try folder.write(Self.shop, to: "d.csv")
      let plan = { (encode: String) in
        try folder.write(
          """
          data: d.csv
          target: outcome
          encode: \(encode)
          missing: [median, price=drop]
          missing_text: none
          models: knn
          levels: 0
          seeds: 2
          """, to: "plan.yaml")
        return try RunnerProcess(["sweep", "plan.yaml"], in: folder)
      }
      // NA is a word among numbers now.
      let words = try plan("[paid_on=date, order=ignore]")
      #expect(
        words.status == 65 && words.errors.contains("missing_text: [\"NA\"]"), "\(words.errors)")
      let texts = try plan("[paid_on=date, price=onehot]")
      #expect(texts.status == 0, "\(texts.errors)")
      let unknown = try plan("paidon=date")
      #expect(unknown.status == 78 && unknown.errors.contains("plan.yaml:3"), "\(unknown.errors)")
      let wrong = try plan("paid_on=dates")
      #expect(wrong.status == 78 && wrong.errors.contains("encode cannot be"), "\(wrong.errors)")
    }
  }

  @Test(arguments: [
    ("a,y\nabc,u\n" + (1...40).map { "\($0),\($0 % 2)\n" }.joined(), [], "--missing-text abc"),
    ("a,y\nabc,u\n" + (1...40).map { "\($0),\($0 % 2)\n" }.joined(), [], "--encode a=onehot"),
    ("a,y\n1,\n2,u\n3,\n4,v\n", [], "--missing y=drop"),
    ("a,b,y\n,,u\n2,1,v\n", ["--missing", "error"], "--missing median"),
    ("a,y\n1,u\n2,v\n", ["--encode", "b=date"], "--encode: "),
    ("a,y\n1,u\n2,v\n", ["--missing", "a=mean"], "accepted: median, indicator"),
    ("a,y\nx1,u\nx2,v\n", [], "--encode a=hash:32"),
  ])
  func errorsNameWhatWorks(_ text: String, _ options: [String], _ advice: String) throws {
    try withTemporaryFolder { folder in
      try folder.write(text, to: "d.csv")
      let run = try RunnerProcess(
        ["train", "--data", "d.csv", "--target", "y", "--model", "knn"] + options, in: folder)
      #expect(run.status == 65 || run.status == 64)
      #expect(run.errors.contains(advice), "\(run.errors)")
    }
  }
}
