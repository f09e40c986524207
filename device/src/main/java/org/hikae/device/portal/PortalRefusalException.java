package org.hikae.device.portal;

import java.util.List;
import java.util.Set;
import org.hikae.backup.wire.RunResult;
import org.hikae.device.AgentException;
import org.hikae.device.ByteSizeFormat;
import org.hikae.problem.wire.Problem;
import org.hikae.problem.wire.ProblemCode;
import org.jspecify.annotations.Nullable;

/**
 * The portal said no, with a stable code. The sentence is the agent's own; the portal's is shown
 * for unknown codes.
 */
public final class PortalRefusalException extends AgentException {

  private static final long serialVersionUID = 1L;

  private static final int MAX_CHARACTERS = 1_000;

  private final int status;
  private final String code;
  private final transient List<String> missing;

  private PortalRefusalException(
      RunResult result,
      int status,
      String code,
      List<String> missing,
      String key,
      Object... arguments) {
    super(result, key, arguments);
    this.status = status;
    this.code = code;
    this.missing = missing;
  }

  /** Of a server without the portal in it, and of a gateway before a server that is away. */
  private static final Set<Integer> NOT_READY = Set.of(404, 502, 503, 504);

  /**
   * Reads what the portal answered. An answer that is no problem JSON is not the portal's, whatever
   * its status (spec HK1-R-11): something between may have made it. Where the status says so the
   * portal is not ready yet, otherwise it is told by its status.
   */
  public static PortalRefusalException of(int status, @Nullable Problem problem) {
    // A full quota has a server's status too, but does not become empty by waiting.
    boolean quota = problem != null && ProblemCode.QUOTA_EXCEEDED.code().equals(problem.code());
    boolean later = (status >= 500 && !quota) || status == 429;
    RunResult result = later ? RunResult.NETWORK : RunResult.REFUSED;
    if (problem == null || problem.code() == null) {
      boolean notReady = NOT_READY.contains(status);
      return new PortalRefusalException(
          RunResult.NETWORK,
          status,
          "",
          List.of(),
          notReady ? "problem.not-ready" : "problem.status",
          Integer.toString(status));
    }
    List<String> missing = problem.missing() == null ? List.of() : List.copyOf(problem.missing());
    String correlation = shortened(problem.instance());
    String detail = shortened(problem.detail());
    for (ProblemCode known : ProblemCode.values()) {
      if (known.code().equals(problem.code())) {
        return new PortalRefusalException(
            result,
            status,
            known.code(),
            missing,
            "problem." + known.code(),
            detail,
            correlation,
            size(problem.usedBytes()),
            size(problem.allowedBytes()),
            size(problem.neededBytes()));
      }
    }
    return new PortalRefusalException(
        result,
        status,
        problem.code(),
        missing,
        "problem.other",
        detail,
        shortened(problem.code()));
  }

  /** Sentences of a portal are shorter; what is not would push away what is said beside it. */
  private static String shortened(@Nullable String text) {
    if (text == null || text.length() <= MAX_CHARACTERS) {
      return text == null ? "" : text;
    }
    return text.substring(0, MAX_CHARACTERS) + "\u2026";
  }

  private static String size(@Nullable Long bytes) {
    return bytes == null ? "?" : ByteSizeFormat.text(bytes);
  }

  /** The HTTP status. */
  public int status() {
    return status;
  }

  /** Whether it is this refusal. */
  public boolean is(ProblemCode expected) {
    return expected.code().equals(code);
  }

  /** Names of missing objects, when that is why. */
  public List<String> missing() {
    return missing;
  }
}
