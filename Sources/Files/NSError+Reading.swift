package import Foundation

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
