package org.hikae.backup.move.store;

/**
 * A store, or the database, could not be used while an object was moved: nothing of it is lost, and
 * the move goes on later. Checked, so that who moves says which one it was.
 */
public final class StoreMoveException extends Exception {

  private static final long serialVersionUID = 1L;

  private final String store;
  private final String fault;

  /**
   * Says what is wrong.
   *
   * @param store its name; empty when it is the database with the rows
   * @param fault one word
   */
  public StoreMoveException(String store, String fault, String message, Throwable cause) {
    super(message, cause);
    this.store = store;
    this.fault = fault;
  }

  /** The store's name; empty when it is the database with the rows. */
  public String store() {
    return store;
  }

  /** What is wrong with it, in one word. */
  public String fault() {
    return fault;
  }
}
