package org.hikae.admin.doctor;

import java.util.List;

/**
 * One thing that was looked at and how it was found.
 *
 * @param code what, as a stable name
 * @param arguments what the code's sentence names; never a secret
 */
public record DoctorFinding(FindingCode code, List<String> arguments) {

  /** Copies the list. */
  public DoctorFinding {
    arguments = List.copyOf(arguments);
  }

  /** With the arguments as text. */
  public static DoctorFinding of(FindingCode code, Object... arguments) {
    return new DoctorFinding(
        code, java.util.Arrays.stream(arguments).map(String::valueOf).toList());
  }
}
