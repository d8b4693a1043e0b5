import Models
import Reporting
import TestSupport
import Testing

struct ConfusionChartTests {
  private static let matrix = ConfusionMatrix(
    truth: [0, 0, 0, 1, 1, 2], predicted: [0, 0, 1, 1, 1, 0], classCount: 3)
  private static let names = ["a \"b\"", "é", "c\\d"]

  @Test func showsSharesOfTheTrueClass() throws {
    let chart = try JSONValue(
      parsing: Figure.confusion(Self.matrix, classNames: Self.names, title: "t\n1").chart
        .specification)
    #expect(chart.title?.text == "t\n1")
    let fields = try #require(chart.data?.values?.items)
    #expect(fields.count == 9)
    for field in fields {
      let truth = try #require(Self.names.firstIndex(of: field["true"]?.text ?? ""))
      let predicted = try #require(Self.names.firstIndex(of: field.predicted?.text ?? ""))
      let count = Self.matrix[truth, predicted]
      #expect(field.count?.number == Double(count))
      #expect(field.share?.number == Double(count) / [3, 2, 1][truth])
    }
  }

  @Test(.enabled(if: PythonTool.isThere), .tags(.python)) func isRenderedToPictures() throws {
    let renderer = ChartRenderer(environment: ["HEMLOCK_PYTHON": PythonTool.path])
    let chart = Figure.confusion(Self.matrix, classNames: Self.names, title: "t").chart
      .specification
    let pictures = try #require(renderer.pictures(of: [chart, chart]))
    #expect(pictures.count == 2)
    let again = try #require(renderer.pictures(of: [chart, chart]))
    let isSame = zip(again, pictures).allSatisfy { $0.svg == $1.svg && $0.png == $1.png }
    #expect(isSame)
    #expect(String(decoding: pictures[0].pdf.prefix(5), as: UTF8.self) == "%PDF-")
    #expect(pictures[0].png.prefix(4) == [0x89, 0x50, 0x4E, 0x47])
    #expect(String(decoding: pictures[0].svg, as: UTF8.self).contains("66.7%"))
    #expect(renderer.pictures(of: ["{ no chart"]) == nil)
  }

  @Test func staysASpecificationWithoutARenderer() {
    let renderer = ChartRenderer(environment: ["HEMLOCK_PYTHON": "/bin/false"])
    #expect(renderer.pictures(of: ["{}"]) == nil)
    #expect(renderer.pictures(of: [])?.isEmpty == true)
  }
}
