/** Ends a check early; the message is for whoever started it. */
@SuppressWarnings("serial") // Never leaves the process.
final class CheckFailure extends RuntimeException {

  CheckFailure(String message) {
    super(message);
  }
}
