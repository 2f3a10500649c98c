import Testing

/// Whether the process's standard error holds a message.
func says(_ message: String, _ result: ExitTest.Result?) -> Bool {
  String(decoding: result?.standardErrorContent ?? [], as: UTF8.self).contains(message)
}
