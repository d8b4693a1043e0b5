import Datasets
import Testing

/// What people say of how columns become numbers.
struct EncodingOptionsTests {
  @Test(arguments: [
    (EncodingKey.encode, "age=onehot"), (.encode, "a=hash:32,b=date,c=ignore,d=number,e=ordinal"),
    (.encode, "\"a,b\"=onehot,x=y=ordinal"), (.encode, "\"say \"\"x\"\", y\"=date"),
    (.missing, "drop"), (.missing, "median,age=drop,\"a,b\"=error"), (.missingText, "none,abc"),
    (.missingText, "abc,\"a,b\""),
  ])
  func textsAreWrittenAsTheyAreRead(_ key: EncodingKey, _ text: String) {
    var options = EncodingOptions()
    let isAccepted = options.set(key, to: text)
    #expect(isAccepted)
    #expect(options.text(key) == text && !options.isEmpty)
  }

  @Test func namesAreTakenApart() {
    let options = said((.encode, "\"a,b\"=onehot,x=y=ordinal,\"q\"\"r,\"=date"))
    #expect(options.encodings.map(\.column.text) == ["a,b", "x=y", "q\"r,"])
    #expect(options.encodings.map(\.choice) == [.onehot, .ordinal, .date])
  }

  @Test(arguments: [
    (EncodingKey.encode, "onehot"), (.encode, "a=onehots"), (.encode, "a=hash:1"),
    (.encode, "a=hash:x"), (.encode, ""), (.encode, "a=onehot,"), (.missing, "mean"),
    (.missing, "median,drop"), (.missing, "a=mean"),
  ])
  func othersAreRefused(_ key: EncodingKey, _ text: String) {
    var options = EncodingOptions()
    let isAccepted = options.set(key, to: text)
    #expect(!isAccepted)
  }
}
