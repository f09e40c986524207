package org.hikae.diagnostics.wire;

import java.time.Instant;
import java.util.List;
import org.hikae.hk1.MalformedException;
import org.hikae.problem.wire.RequirementText;
import org.jspecify.annotations.Nullable;

/**
 * What a device says of itself when its employee asks for help ({@code POST
 * /api/v1/device/diagnostics}, spec HK1-R-17). A closed list, which the employee reads before it is
 * sent: nothing in it names a file, a path, a person, a host or a set.
 *
 * @param format 1
 * @param madeAt the device's ISO-8601 instant
 * @param agentVersion version of the agent, at most 50 characters
 * @param system name of the operating system, at most 40 characters
 * @param systemVersion its version, at most 80 characters
 * @param architecture of the processor, at most 20 characters
 * @param javaVersion version of Java, at most 40 characters
 * @param language in which the agent speaks, such as {@code en} or {@code ja}, at most 20
 *     characters
 * @param staying whether an agent that stays answers
 * @param scheduled whether backups are made by schedule
 * @param nextRunAt when the next one is due, the device's ISO-8601 instant; absent when none is
 * @param paused whether the person paused backups
 * @param signedIn whether the agent is signed in
 * @param hasKey whether the set is opened on this device
 * @param freeBytes what is free where the agent keeps its own files; absent when that could not be
 *     found out
 * @param clockOffsetSeconds how far the device's clock is ahead of the portal's; absent when the
 *     portal did not say
 * @param portal how far the agent came on its way to the portal
 * @param tools what of the system the agent can use
 * @param folders how many folders were chosen
 * @param runs the last runs, newest first, at most 20
 * @param problems problems seen last, each code once, at most 20
 */
public record Diagnostics(
    int format,
    @RequirementText(Diagnostics.TIME) Instant madeAt,
    String agentVersion,
    String system,
    String systemVersion,
    String architecture,
    String javaVersion,
    String language,
    boolean staying,
    boolean scheduled,
    @RequirementText(Diagnostics.TIME) @Nullable Instant nextRunAt,
    boolean paused,
    boolean signedIn,
    boolean hasKey,
    @Nullable Long freeBytes,
    @Nullable Long clockOffsetSeconds,
    PortalReach portal,
    DiagnosticsTools tools,
    int folders,
    List<DiagnosticsRun> runs,
    List<DiagnosticsProblem> problems) {

  /** The only format that there is. */
  public static final int FORMAT = 1;

  /** Largest body of the request. */
  public static final int MAX_BYTES = 64 * 1024;

  /** Most runs. */
  public static final int MAX_RUNS = 20;

  /** Most problems. */
  public static final int MAX_PROBLEMS = 20;

  /** Longest version of the agent. */
  public static final int MAX_AGENT_VERSION_CHARS = 50;

  /** Longest name of an operating system. */
  public static final int MAX_SYSTEM_CHARS = 40;

  /** Longest version of an operating system. */
  public static final int MAX_SYSTEM_VERSION_CHARS = 80;

  /** Longest name of an architecture. */
  public static final int MAX_ARCHITECTURE_CHARS = 20;

  /** Longest version of Java. */
  public static final int MAX_JAVA_VERSION_CHARS = 40;

  /** Longest tag of a language. */
  public static final int MAX_LANGUAGE_CHARS = 20;

  /** Longest code of a problem. */
  public static final int MAX_CODE_CHARS = 64;

  /** Most folders. */
  public static final int MAX_FOLDERS = 1_000_000;

  /** How far a clock may be off to either side; a device says this much of one that is further. */
  public static final long MAX_CLOCK_OFFSET_SECONDS = 4_000_000_000L;

  /** What the times have to be. */
  static final String TIME = "an ISO-8601 instant from 1970 to 9999";

  /**
   * Refuses what is not within the bounds of this format; both sides ask, the device before it
   * shows them and the portal before it keeps them.
   */
  public void requireValid() throws MalformedException {
    DiagnosticsCheck.check(this);
  }

  /**
   * A text of the system as these records take it: what is not printable ASCII becomes a question
   * mark, it ends after {@code maxChars} characters, and an empty one is a question mark, too.
   */
  public static String printable(@Nullable String text, int maxChars) {
    return DiagnosticsCheck.printable(text, maxChars);
  }
}
