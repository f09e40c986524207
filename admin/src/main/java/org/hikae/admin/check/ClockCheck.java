package org.hikae.admin.check;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hikae.admin.doctor.DoctorFinding;
import org.hikae.admin.doctor.FindingCode;
import org.hikae.admin.doctor.InstallationCheck;
import org.jspecify.annotations.Nullable;

/** Compares this computer's clock with those of the other parts. */
public final class ClockCheck implements InstallationCheck {

  /** HTTP tells whole seconds, and an answer takes its time. */
  static final Duration OFF = Duration.ofSeconds(5);

  /** Tokens live five minutes, and the vault wants a fresh sign-in. */
  static final Duration WRONG = Duration.ofSeconds(60);

  private final Map<String, ClockSource> sources;
  private final boolean vaultElsewhere;

  /** Another clock. */
  @FunctionalInterface
  public interface ClockSource {
    /**
     * How far it is ahead of this one; null when it does not say.
     *
     * @throws IOException when nobody answers, which other checks tell
     */
    @Nullable Duration ahead() throws IOException;
  }

  /** Asks these, by name. */
  public ClockCheck(Map<String, ClockSource> sources, boolean vaultElsewhere) {
    this.sources = new LinkedHashMap<>(sources);
    this.vaultElsewhere = vaultElsewhere;
  }

  @Override
  public String name() {
    return "clock";
  }

  @Override
  public List<DoctorFinding> look() {
    List<DoctorFinding> findings = new ArrayList<>();
    List<String> right = new ArrayList<>();
    long most = 0;
    for (Map.Entry<String, ClockSource> source : sources.entrySet()) {
      Duration ahead;
      try {
        ahead = source.getValue().ahead();
      } catch (IOException e) {
        continue;
      }
      if (ahead == null) {
        continue;
      }
      long seconds = ahead.abs().toSeconds();
      if (seconds >= WRONG.toSeconds()) {
        findings.add(DoctorFinding.of(FindingCode.CLOCK_WRONG, source.getKey(), ahead.toSeconds()));
      } else if (seconds >= OFF.toSeconds()) {
        findings.add(DoctorFinding.of(FindingCode.CLOCK_OFF, source.getKey(), ahead.toSeconds()));
      } else {
        right.add(source.getKey());
        most = Math.max(most, seconds + 1);
      }
    }
    if (!right.isEmpty()) {
      findings.add(DoctorFinding.of(FindingCode.CLOCK_OK, String.join(", ", right), most));
    }
    if (findings.isEmpty()) {
      findings.add(DoctorFinding.of(FindingCode.CLOCK_ALONE));
    }
    if (vaultElsewhere) {
      findings.add(DoctorFinding.of(FindingCode.CLOCK_VAULT));
    }
    return findings;
  }
}
