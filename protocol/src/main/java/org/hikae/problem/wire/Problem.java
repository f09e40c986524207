package org.hikae.problem.wire;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * RFC 9457 problem details.
 *
 * @param type {@code urn:hikae:problem:} and the code
 * @param title the code's short name in English
 * @param status the HTTP status again
 * @param detail one sentence for people, with the way out, in the language asked for
 * @param code stable code, see {@link ProblemCode}
 * @param instance {@code urn:uuid:} correlation id, also in the server's log
 * @param missing names of missing objects, at most 1000 (missing-objects)
 * @param maxBytes the limit (too-large)
 * @param usedBytes live bytes of the employee (quota-exceeded)
 * @param allowedBytes the employee's quota (quota-exceeded)
 * @param neededBytes what the request would have added (quota-exceeded)
 * @param edit what stands and what was sent (policy-changed)
 */
public record Problem(
    String type,
    String title,
    int status,
    String detail,
    String code,
    String instance,
    @Nullable List<String> missing,
    @Nullable Long maxBytes,
    @Nullable Long usedBytes,
    @Nullable Long allowedBytes,
    @Nullable Long neededBytes,
    @Nullable Edit edit) {

  /**
   * Two edits of one policy.
   *
   * @param version number of the version that stands
   * @param standing the values that stand
   * @param sent the values of the refused request
   */
  public record Edit(long version, Map<String, Object> standing, Map<String, Object> sent) {}

  /** Media type of problem JSON. */
  public static final String MEDIA_TYPE = "application/problem+json";

  /** What {@code type} starts with. */
  public static final String TYPE_PREFIX = "urn:hikae:problem:";

  /** Most names in {@code missing}. */
  public static final int MAX_MISSING = 1000;
}
