/** Ends a check early; the message is for whoever started it. */
@SuppressWarnings("serial") // Never leaves the process.
final class Failure extends RuntimeException {

  Failure(String message) {
    super(message);
  }
}
