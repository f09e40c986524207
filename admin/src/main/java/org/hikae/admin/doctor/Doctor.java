package org.hikae.admin.doctor;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Makes every check, whatever becomes of the others: one that breaks or hangs is a finding of its
 * own.
 */
public final class Doctor {

  /** Longer than any check may take. */
  public static final Duration LONGEST_WAIT = Duration.ofSeconds(45);

  private final List<InstallationCheck> checks;
  private final Duration longestWait;

  /** Makes these checks, in this order. */
  public Doctor(List<InstallationCheck> checks) {
    this(checks, LONGEST_WAIT);
  }

  Doctor(List<InstallationCheck> checks, Duration longestWait) {
    this.checks = List.copyOf(checks);
    this.longestWait = longestWait;
  }

  /** What was found. */
  public DoctorReport examine() throws InterruptedException {
    List<DoctorFinding> all = new ArrayList<>();
    for (InstallationCheck check : checks) {
      all.addAll(look(check));
    }
    return new DoctorReport(all);
  }

  private List<DoctorFinding> look(InstallationCheck check) throws InterruptedException {
    FutureTask<List<DoctorFinding>> looking = new FutureTask<>(check::look);
    // A daemon: one that hangs does not keep the program.
    Thread.ofPlatform().daemon().name(check.name()).start(looking);
    try {
      return looking.get(longestWait.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      looking.cancel(true);
      return broken(check, "no answer within " + longestWait.toSeconds() + " s");
    } catch (ExecutionException e) {
      Throwable cause = e.getCause();
      return broken(
          check,
          cause instanceof IOException failure ? ExceptionText.of(failure) : "defect: " + cause);
    } catch (CancellationException e) {
      return broken(check, "cancelled");
    }
  }

  private static List<DoctorFinding> broken(InstallationCheck check, String why) {
    return List.of(DoctorFinding.of(FindingCode.DOCTOR_BROKEN, check.name(), why));
  }
}
