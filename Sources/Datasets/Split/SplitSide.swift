/// What a row is drawn for.
enum SplitSide: Int, Sendable {
  case train, validation, trusted, setAside
}
