package org.hikae.device.window;

/** Does what the page asks for. Called by several threads. */
public interface WindowHandler {

  /**
   * Answers an operation of the page, which has shown its token.
   *
   * @param operation its name, as the page says it
   * @param language what the page says that it shows
   * @param body within its limit, otherwise unread
   */
  WindowAnswer answer(String operation, String language, byte[] body);

  /** Whether an operation shows that somebody uses the window, which then does not end yet. */
  default boolean isUse(String operation) {
    return true;
  }

  /** Whether an operation may need what is held for the page, which then stays for a while. */
  default boolean needsHeld(String operation) {
    return true;
  }

  /** The page has shown the link, which opens nothing from now on. */
  void started();

  /** Whether something is at work that the window must not end before. */
  boolean busy();

  /** The page has asked for nothing that needs it for a while: what is only held for it may go. */
  default void quiet() {}
}
