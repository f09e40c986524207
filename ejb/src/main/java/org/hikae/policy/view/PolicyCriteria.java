package org.hikae.policy.view;

import java.util.Locale;
import java.util.Optional;
import org.hikae.policy.control.PolicyKey;
import org.hikae.problem.control.PlainTextCheck;
import org.hikae.problem.control.Refusal;
import org.jspecify.annotations.Nullable;

/**
 * Which policies somebody looks for.
 *
 * @param text a part of a group's path, or of an employee's name or user name, in lower case; empty
 *     for any
 * @param key only those that set this value; empty for any
 */
public record PolicyCriteria(String text, Optional<PolicyKey> key) {

  /** Longest text that is looked for. */
  public static final int MAX_TEXT_CHARS = 100;

  /** Every policy. */
  public static final PolicyCriteria ALL = new PolicyCriteria("", Optional.empty());

  /** What a client sent; refused as malformed when nothing can be meant by it. */
  public static PolicyCriteria sent(@Nullable String search, @Nullable String sets) {
    String text = search == null ? "" : search.strip();
    if (text.length() > MAX_TEXT_CHARS || (!text.isEmpty() && !PlainTextCheck.isLine(text))) {
      throw Refusal.malformed(
          "search must have at most "
              + MAX_TEXT_CHARS
              + " characters, none of them control characters.");
    }
    if (sets == null || sets.isEmpty()) {
      return new PolicyCriteria(text.toLowerCase(Locale.ROOT), Optional.empty());
    }
    PolicyKey key =
        PolicyKey.named(sets)
            .orElseThrow(() -> Refusal.malformed("sets must be the name of a policy value."));
    return new PolicyCriteria(text.toLowerCase(Locale.ROOT), Optional.of(key));
  }

  /** Name of the value that is looked for; empty for any. */
  public Optional<String> keyName() {
    return key.map(PolicyKey::wireName);
  }

  /** How the JSON text of a version begins that sets the value; empty for any. */
  public String member() {
    return key.map(one -> '"' + one.wireName() + "\":").orElse("");
  }
}
