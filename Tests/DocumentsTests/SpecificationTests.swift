import Documents
import Testing

struct SpecificationTests {
  @Test(arguments: [
    ("uniform", "uniform", []), ("knn:", "knn", []), ("", "", []), (":C=1", "", ["C", "1"]),
    ("rbf-svm:C=10,gamma=0.5", "rbf-svm", ["C", "10", "gamma", "0.5"]),
    ("relabel:class=a=b:c; d", "relabel", ["class", "a=b:c; d"]),
    ("noise-matrix:rates=0.8:0.2/0:1", "noise-matrix", ["rates", "0.8:0.2/0:1"]),
    ("softmax:C,,tol=", "softmax", ["C", "", "tol", ""]),
    ("relabel:class=\"p, q\",flow=add", "relabel", ["class", "\"p, q\"", "flow", "add"]),
    ("pair:from=\"a,\"\"b\",to=c", "pair", ["from", "\"a,\"\"b\"", "to", "c"]),
    // Marks that are not closed, or not at an end, mean nothing.
    ("relabel:class=\"p, q", "relabel", ["class", "\"p", " q", ""]),
    ("relabel:class=p \"q,r\"", "relabel", ["class", "p \"q", "r\"", ""]),
    // An accent on a mark does not hide it.
    (
      "relabel:\u{301}class=\u{301}a,\u{301}b=c", "relabel",
      ["\u{301}class", "\u{301}a", "\u{301}b", "c"]
    ),
  ])
  func textsAreTakenApart(_ text: String, _ name: String, _ pairs: [String]) {
    let specification = Specification(text)
    #expect(specification.name == name)
    #expect(specification.parameters.flatMap { [$0.name, $0.value] } == pairs)
  }

  @Test(arguments: ["uniform", "rbf-svm:C=10,gamma=0.5", "relabel:class=a=b:c; d"])
  func textsArePrintedAsTheyWere(_ text: String) {
    #expect(Specification(text).description == text)
  }

  @Test func parametersAreSortedByName() {
    let specification = Specification("lof", ["rate": "0.1", "alpha": "0.2", "n_neighbors": "3"])
    #expect(specification.description == "lof:alpha=0.2,n_neighbors=3,rate=0.1")
    #expect(Specification("lof", [:]).description == "lof")
  }

  @Test func parametersCanBeExchanged() {
    let flip = Specification("flip:flow=add,share=1")
    #expect(flip["flow"] == "add" && flip["class"] == nil)
    #expect(flip.with("flow", nil).description == "flip:share=1")
    #expect(Specification("flip").with("flow", "delete").description == "flip:flow=delete")
    #expect(flip.with("flow", "delete").description == "flip:share=1,flow=delete")
  }

  @Test func listsAreThoseOfStores() {
    let specification = Specification("softmax", list: "C=1, tol=1e-08")
    #expect(specification.description == "softmax:C=1,tol=1e-08")
    #expect(specification.list == "C=1, tol=1e-08")
  }

  @Test func listsKeepParametersTogether() {
    let texts = Specification.texts(in: "softmax, rbf-svm:C=10, gamma=0.5,knn:n_neighbors=1,knn ")
    #expect(texts == ["softmax", "rbf-svm:C=10,gamma=0.5", "knn:n_neighbors=1", "knn"])
    #expect(
      Specification.texts(in: "relabel:class=\"p, q\",pair:from=\"a,b\", to=c")
        == ["relabel:class=\"p, q\"", "pair:from=\"a,b\",to=c"])
    #expect(Specification.texts(in: "") == [""])
    #expect(Specification.texts(in: "C=1,knn") == ["C=1", "knn"])
    #expect(Specification.texts(in: "softmax,,knn") == ["softmax", "", "knn"])
    #expect(Specification.texts(in: "flip,\u{301}x=1") == ["flip,\u{301}x=1"])
  }

  @Test func chainsHaveLinks() {
    #expect(Specification.links(of: "lof:rate=1e+2+trim+gce") == ["lof:rate=1e+2", "trim", "gce"])
    #expect(Specification.links(of: "lof+") == ["lof+"])
    #expect(Specification.links(of: "+lof") == ["", "lof"])
    #expect(Specification.links(of: "") == [""])
  }

  @Test func spacesAroundAreTrimmed() {
    #expect(" a b ".trimming == "a b" && "   ".trimming == "" && "".trimming == "")
    #expect("\ta ".trimming == "\ta")
  }
}
