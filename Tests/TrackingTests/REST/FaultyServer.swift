import Foundation
import Synchronization
import TestSupport

/// A server on 127.0.0.1 that treats requests as rules say, and passes others on to a real one.
final class FaultyServer: Sendable {
  /// What happens to the next requests whose path has a text in it.
  struct Rule: Encodable {
    let path: String
    var times = 1_000_000
    /// `answer`, `hang`, `truncate` (headers, then the end), `drop` (no answer), or `lose` (the
    /// request is passed on, its answer is not).
    let action: String
    var status = 200
    var fields: [String: String] = [:]
    var body = ""
    var repetitions = 1
  }

  let url: URL
  private let process: Process
  private let log: URL

  init(_ rules: [Rule], upstream: URL? = nil) throws {
    log = FileManager.default.temporaryDirectory
      .appendingPathComponent("requests-\(UUID().uuidString)")
    try Data().write(to: log)
    let process = Process()
    process.executableURL = URL(fileURLWithPath: PythonTool.path)
    let text = String(decoding: try JSONEncoder().encode(rules), as: UTF8.self)
    process.arguments = ["-c", Self.script, text, upstream?.absoluteString ?? ""]
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = try FileHandle(forWritingTo: log)
    try process.run()
    self.process = process
    let end = Date() + 60
    var port: Int?
    while port == nil, Date() < end {
      Thread.sleep(forTimeInterval: 0.02)
      let text = try String(contentsOf: log, encoding: .utf8)
      port = text.contains("\n") ? text.split(separator: "\n").first.flatMap { Int($0) } : nil
    }
    guard let port, let url = URL(string: "http://127.0.0.1:\(port)") else {
      throw CocoaError(.featureUnsupported)
    }
    self.url = url
  }

  deinit {
    // Its mask of signals is that of the thread that started it, which may keep SIGTERM away.
    kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
    try? FileManager.default.removeItem(at: log)
  }

  /// The requests so far: method, path and query, credentials.
  var requests: [String] {
    get throws {
      try String(contentsOf: log, encoding: .utf8).split(separator: "\n").dropFirst().map(
        String.init)
    }
  }

  private static let script = """
    import http.client, json, os, socket, socketserver, sys, threading, time, urllib.parse
    rules, upstream, lock = json.loads(sys.argv[1]), sys.argv[2], threading.Lock()

    def read(stream):
        line = stream.readline()
        if not line:
            return None
        method, path, _ = line.decode().split(" ", 2)
        fields = {}
        while (line := stream.readline().decode().strip()):
            name, value = line.split(":", 1)
            fields[name.lower()] = value.strip()
        if fields.get("expect"):
            return method, path, fields, None
        return method, path, fields, stream.read(int(fields.get("content-length", 0)))

    def forward(method, path, fields, body):
        host = urllib.parse.urlsplit(upstream).netloc
        connection = http.client.HTTPConnection(host, timeout=60)
        fields = {k: v for k, v in fields.items() if k not in ("host", "connection")}
        fields["content-length"] = str(len(body))
        connection.request(method, path, body, fields)
        answer = connection.getresponse()
        content = answer.read()
        return answer.status, dict(answer.getheaders()), content

    def respond(out, status, fields, body, length=None):
        head = f"HTTP/1.1 {status} Status\\r\\n"
        skip = ("content-length", "transfer-encoding", "connection")
        for name, value in fields.items():
            if name.lower() not in skip:
                head += f"{name}: {value}\\r\\n"
        head += f"Content-Length: {len(body) if length is None else length}\\r\\n\\r\\n"
        out.sendall(head.encode() + body)

    class Handler(socketserver.BaseRequestHandler):
        def handle(self):
            stream = self.request.makefile("rb")
            while (request := read(stream)):
                method, path, fields, body = request
                with lock:
                    rule = next((r for r in rules if r["path"] in path and r["times"] > 0), None)
                    if rule:
                        rule["times"] -= 1
                    action = rule["action"] if rule else "forward"
                    print(method, path, fields.get("authorization", "-"), action, flush=True)
                if action == "forward":
                    respond(self.request, *forward(*request))
                elif action == "answer":
                    content = rule["body"].encode() * rule["repetitions"]
                    respond(self.request, rule["status"], rule["fields"], content)
                elif action == "hang":
                    time.sleep(30)
                    return
                elif action == "truncate":
                    respond(self.request, 200, {}, b"{", 1000)
                    return
                elif action == "lose":
                    forward(*request)
                    return
                else:
                    return

    class Server(socketserver.ThreadingTCPServer):
        daemon_threads = True
        allow_reuse_address = True

    parent = os.getppid()
    def watch():
        while os.getppid() == parent:
            time.sleep(0.5)
        os._exit(0)
    threading.Thread(target=watch, daemon=True).start()
    server = Server(("127.0.0.1", 0), Handler)
    print(server.server_address[1], flush=True)
    server.serve_forever()
    """
}
