/** Ends the run with a sentence. */
final class MutationFailure extends RuntimeException {

  private static final long serialVersionUID = 1L;

  MutationFailure(String message) {
    super(message);
  }
}
