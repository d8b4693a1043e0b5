package import Foundation

/// Why the system refuses something, in its own words, such as `Permission denied`.
public struct SystemReason: Equatable, Sendable, CustomStringConvertible {
  /// The error number.
  public let code: Int32

  /// The reason with a number, by default that of the last call that failed on this thread.
  public init(_ code: Int32? = nil) { self.code = code ?? errno }

  /// The reason behind an error of Foundation; `EIO` where it names none.
  public init(_ error: any Error) {
    let outer = error as NSError
    let cause = outer.userInfo[NSUnderlyingErrorKey] as? NSError ?? outer
    code = cause.domain == NSPOSIXErrorDomain ? Int32(cause.code) : EIO
  }

  /// The words.
  public var description: String {
    // Safe: strerror's text ends in a zero byte and is copied at once.
    unsafe String(cString: strerror(code))
  }
}

extension NSError {
  /// Why a file cannot be read, as messages say it.
  package var readingReason: String {
    let cause = userInfo[NSUnderlyingErrorKey] as? NSError ?? self
    guard cause.domain == NSPOSIXErrorDomain,
      let code = POSIXErrorCode(rawValue: Int32(cause.code))
    else { return localizedDescription }
    return switch code {
    case .ENOENT, .ENOTDIR: "there is no such file"
    case .EISDIR: "it is a directory, not a file"
    case .EACCES, .EPERM: "permission is denied"
    default: "error \(code.rawValue) of the system"
    }
  }
}
