package org.hikae.device.policy;

import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.hikae.backup.wire.RunResult;
import org.hikae.device.AgentException;
import org.hikae.device.AgentVersion;
import org.hikae.device.http.RateLimiter;
import org.hikae.device.keys.PasswordRules;
import org.hikae.device.portal.DevicePortalClient;
import org.hikae.device.portal.PortalRefusalException;
import org.hikae.policy.wire.AgentVersionOrder;
import org.hikae.policy.wire.DevicePolicy;
import org.hikae.problem.wire.ProblemCode;
import org.jspecify.annotations.Nullable;

/**
 * What of the company's policy this agent follows (spec HK1-P-14, HK1-P-15). The portal is not
 * trusted with it: lists are bounded, numbers are brought within bounds of the agent's own, and
 * what is of another form than it knows stops the backup with a sentence instead of being guessed
 * at. A value that is not said is as before there were policies.
 *
 * @param values everything that was said, for showing
 * @param earlier values of before that still count for more, for showing
 * @param include folders to back up when the person names none
 * @param exclude patterns of what is left out
 * @param mayNarrow whether the person may back up less
 * @param uploadBytesPerSecond most bytes sent in a second; {@link Long#MAX_VALUE} for no limit
 * @param everyHours how often to back up when the person does not say
 * @param passwordMinCharacters fewest characters of a new password
 * @param keyMethods with what the key may be protected
 * @param minAgentVersion oldest version that may back up
 * @param drillDays how often a sample is restored to nowhere, 0 for never
 * @param practiceDays how often the person is asked to practise the password, 0 for never
 */
public record CompanyPolicy(
    List<DevicePolicy.Value> values,
    List<DevicePolicy.Earlier> earlier,
    List<String> include,
    List<String> exclude,
    boolean mayNarrow,
    long uploadBytesPerSecond,
    int everyHours,
    int passwordMinCharacters,
    ProtectionMethods keyMethods,
    String minAgentVersion,
    int drillDays,
    int practiceDays) {

  /** Nothing is said. */
  public static final CompanyPolicy NONE = new Reader(List.of(), List.of()).read();

  /** Most values that are read. */
  private static final int MAX_VALUES = 100;

  private static final Pattern NAME = Pattern.compile("[A-Za-z]{1,60}");
  private static final int MAX_ENTRIES = 100;
  private static final int MAX_CHARS = 255;

  /** From here on a rate is as good as none. */
  private static final long UNLIMITED = 1L << 40;

  private static final int MAX_PASSWORD_CHARACTERS = 64;
  private static final int DAY_HOURS = 24;
  private static final int DRILL_DAYS = 30;
  private static final int PRACTICE_DAYS = 90;
  private static final int MAX_DAYS = 365;

  /** With what the key may be protected. */
  public enum ProtectionMethods {
    /** With a password, a 64-digit key, or both. */
    ANY,
    /** With a password only. */
    PASSWORD,
    /** With a 64-digit key only. */
    DIGIT_KEY,
    /** With both. */
    BOTH
  }

  /** What the portal says now; a portal that knows no policies says nothing. */
  public static CompanyPolicy ask(DevicePortalClient portal) throws AgentException {
    try {
      return of(portal.policy());
    } catch (PortalRefusalException e) {
      if (e.is(ProblemCode.NOT_FOUND)) {
        return NONE;
      }
      throw e;
    }
  }

  /** Reads what a portal said; refused when a value that this agent follows has another form. */
  public static CompanyPolicy of(DevicePolicy devicePolicy) throws AgentException {
    List<DevicePolicy.Value> values = devicePolicy.values();
    if (values == null || values.size() > MAX_VALUES || values.stream().anyMatch(v -> !sound(v))) {
      throw malformed("values");
    }
    List<DevicePolicy.Earlier> earlier = devicePolicy.earlier();
    if (earlier != null
        && (earlier.size() > MAX_VALUES || earlier.stream().anyMatch(e -> !sound(e)))) {
      throw malformed("earlier");
    }
    try {
      return new Reader(List.copyOf(values), earlier == null ? List.of() : List.copyOf(earlier))
          .read();
    } catch (WrongFormException e) {
      throw malformed(String.valueOf(e.getMessage()));
    }
  }

  private static boolean sound(DevicePolicy.Value value) {
    return value != null
        && value.name() != null
        && NAME.matcher(value.name()).matches()
        && value.value() != null
        && Objects.requireNonNullElse(value.scope(), "").length() <= 300;
  }

  private static boolean sound(DevicePolicy.Earlier earlier) {
    return earlier != null
        && earlier.name() != null
        && NAME.matcher(earlier.name()).matches()
        && earlier.until() != null;
  }

  private static AgentException malformed(String name) {
    return new AgentException(RunResult.REFUSED, "policy.malformed", name);
  }

  /** Whether this agent is too old to back up. */
  public boolean outdated() {
    return AgentVersionOrder.isOlder(AgentVersion.CURRENT, minAgentVersion);
  }

  /** A value has another form than this agent knows; the message names it. */
  private static final class WrongFormException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    WrongFormException(String name) {
      super(name);
    }
  }

  /** Reads the values that are followed. */
  private record Reader(List<DevicePolicy.Value> values, List<DevicePolicy.Earlier> earlier) {

    CompanyPolicy read() {
      long rate = number("uploadBytesPerSecond", UNLIMITED);
      return new CompanyPolicy(
          values,
          earlier,
          texts("backupInclude"),
          texts("backupExclude"),
          flag("backupMayNarrow"),
          rate >= UNLIMITED ? Long.MAX_VALUE : Math.max(rate, RateLimiter.MIN_BYTES_PER_SECOND),
          Math.clamp(number("backupEveryHours", DAY_HOURS), 1, DAY_HOURS),
          Math.clamp(
              number("passwordMinCharacters", PasswordRules.MIN_CODE_POINTS),
              PasswordRules.MIN_CODE_POINTS,
              MAX_PASSWORD_CHARACTERS),
          methods(),
          version(),
          days("drillDays", DRILL_DAYS),
          days("practiceDays", PRACTICE_DAYS));
    }

    private @Nullable Object find(String name) {
      return values.stream()
          .filter(value -> value.name().equals(name))
          .map(DevicePolicy.Value::value)
          .findFirst()
          .orElse(null);
    }

    private List<String> texts(String name) {
      Object found = find(name);
      if (found == null) {
        return List.of();
      }
      if (!(found instanceof List<?> list) || list.size() > MAX_ENTRIES) {
        throw new WrongFormException(name);
      }
      return list.stream().map(entry -> text(name, entry)).toList();
    }

    private static String text(String name, @Nullable Object entry) {
      if (entry instanceof String text
          && !text.isBlank()
          && text.length() <= MAX_CHARS
          && text.codePoints().noneMatch(Character::isISOControl)) {
        return text;
      }
      throw new WrongFormException(name);
    }

    private boolean flag(String name) {
      Object found = find(name);
      if (found == null || found instanceof Boolean) {
        return found == null || (Boolean) found;
      }
      throw new WrongFormException(name);
    }

    private long number(String name, long otherwise) {
      return switch (find(name)) {
        case null -> otherwise;
        case Integer number -> number;
        case Long number -> number;
        default -> throw new WrongFormException(name);
      };
    }

    private int days(String name, int otherwise) {
      return Math.clamp(number(name, otherwise), 0, MAX_DAYS);
    }

    private ProtectionMethods methods() {
      Object found = find("keyMethods");
      for (ProtectionMethods methods : ProtectionMethods.values()) {
        if (methods.name().equals(found)) {
          return methods;
        }
      }
      if (found == null) {
        return ProtectionMethods.ANY;
      }
      throw new WrongFormException("keyMethods");
    }

    private String version() {
      Object found = find("minAgentVersion");
      if (found == null) {
        return "0";
      }
      if (found instanceof String text && AgentVersionOrder.MINIMUM.matcher(text).matches()) {
        return text;
      }
      throw new WrongFormException("minAgentVersion");
    }
  }
}
