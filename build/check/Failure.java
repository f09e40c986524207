/** Why a check ends early; the message is for whoever started it. */
@SuppressWarnings("serial") // Never leaves the process.
final class Failure extends RuntimeException {

  /** Something is wrong with what is checked. */
  static final int WRONG = 1;

  /** The check itself could not be done. */
  static final int UNTRIED = 2;

  private final int code;

  Failure(int code, String message) {
    super(message);
    this.code = code;
  }

  int code() {
    return code;
  }
}
