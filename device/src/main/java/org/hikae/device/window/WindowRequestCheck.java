package org.hikae.device.window;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Says by the head of a request whether it is the page's own, as a status to refuse it with.
 *
 * <ul>
 *   <li>{@code Host} has the random name: a page that has its own name point to this computer (DNS
 *       rebinding) sends its own.
 *   <li>What does or tells anything is a POST with the page's {@code Origin}, of the same site by
 *       {@code Sec-Fetch-Site}, and of a type that no form can send.
 *   <li>It carries the token, which only the page's memory has. A cookie says nothing.
 *   <li>Files are the same for everybody. They are not handed into frames or pages of others.
 * </ul>
 */
final class WindowRequestCheck {

  /** The operation that shows the link in place of a token. */
  static final String START = "start";

  /** Where the token is. */
  static final String TOKEN = "Hikae-Token";

  /** Neither can be sent by a form, or by a page of others without being asked first. */
  private static final Set<String> TYPES = Set.of("application/json", "application/octet-stream");

  private static final String SAME = "same-origin";
  private static final String SITE = "Sec-Fetch-Site";

  private final WindowAddress address;
  private final WindowSession session;
  private final WindowLimits limits;

  WindowRequestCheck(WindowAddress address, WindowSession session, WindowLimits limits) {
    this.address = address;
    this.session = session;
    this.limits = limits;
  }

  /** The status to refuse with; nothing for what is answered. */
  OptionalInt refusal(WindowRequestHead head) {
    if (!is(head, "Host", address.authority())) {
      return OptionalInt.of(421);
    }
    if (!head.method().equals(head.allowed())) {
      return OptionalInt.of(405);
    }
    Optional<String> operation = head.operation();
    return operation.isPresent() ? ofOperation(head, operation.get()) : ofFile(head);
  }

  private OptionalInt ofOperation(WindowRequestHead head, String operation) {
    if (!is(head, "Origin", address.origin()) || !is(head, SITE, SAME)) {
      return OptionalInt.of(403);
    }
    if (head.field("Content-Type").filter(TYPES::contains).isEmpty()) {
      return OptionalInt.of(415);
    }
    long length = head.field("Content-Length").map(WindowRequestCheck::length).orElse(-1L);
    if (length < 0) {
      return OptionalInt.of(411);
    }
    if (length > limits.bodyBytes()) {
      return OptionalInt.of(413);
    }
    boolean known =
        operation.equals(START) || head.field(TOKEN).filter(session::authorises).isPresent();
    return known ? OptionalInt.empty() : OptionalInt.of(401);
  }

  private static OptionalInt ofFile(WindowRequestHead head) {
    // The page itself is opened from the file with the link, which is another site.
    boolean page = head.target().equals("/");
    boolean wanted =
        page
            ? !head.has("Sec-Fetch-Dest") || is(head, "Sec-Fetch-Dest", "document")
            : !head.has(SITE) || is(head, SITE, SAME);
    return wanted ? OptionalInt.empty() : OptionalInt.of(403);
  }

  private static boolean is(WindowRequestHead head, String field, String value) {
    return head.field(field).filter(value::equals).isPresent();
  }

  private static long length(String text) {
    boolean digits =
        !text.isEmpty() && text.length() < 10 && text.chars().allMatch(c -> c >= '0' && c <= '9');
    return digits ? Long.parseLong(text) : -1;
  }
}
