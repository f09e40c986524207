package org.hikae.admin.claim;

import java.io.IOException;
import java.security.SecureRandom;
import java.util.List;
import org.hikae.admin.claim.BlindnessSearch.ProofText;
import org.hikae.admin.doctor.ExceptionText;
import org.hikae.admin.dossier.ClaimCheck;
import org.hikae.admin.dossier.ClaimFactKind;
import org.hikae.admin.dossier.ClaimResult;
import org.hikae.admin.dossier.DossierClaim;
import org.hikae.admin.search.CanaryFile;
import org.hikae.admin.search.CanaryWriter;
import org.hikae.admin.search.ProcessMemorySearch;

/**
 * The memory of the portal's process has no secret, while what it was asked a moment before is
 * found there.
 */
public final class MemoryBlindnessCheck implements ClaimCheck {

  private static final int QUESTIONS = 10;
  private static final String PLANTED = "planted";

  private final long pid;
  private final PortalProbe portal;
  private final CanaryFile canaries;
  private final SecureRandom random;

  /** Asks the portal something that it will not answer otherwise than always. */
  @FunctionalInterface
  public interface PortalProbe {

    /** Asks, with a text in the question. */
    void ask(String text) throws IOException;
  }

  /**
   * Searches the memory of a process of this computer.
   *
   * @param pid its number; 0 when none was given
   */
  public MemoryBlindnessCheck(
      long pid, PortalProbe portal, CanaryFile canaries, SecureRandom random) {
    this.pid = pid;
    this.portal = portal;
    this.canaries = canaries;
    this.random = random;
  }

  @Override
  public DossierClaim claim() {
    return DossierClaim.BLINDNESS_MEMORY;
  }

  @Override
  public ClaimResult execute() {
    if (pid == 0) {
      return ClaimResult.notRun(claim(), ClaimFactKind.NO_PLACE, "--portal-pid");
    }
    String marker = PLANTED + "-" + CanaryWriter.fresh(random);
    BlindnessSearch search = new BlindnessSearch(canaries, List.of(new ProofText(PLANTED, marker)));
    try {
      for (int i = 0; i < QUESTIONS; i++) {
        portal.ask(marker);
      }
      ProcessMemorySearch.search(pid, BlindnessSearch.place(), search.search());
    } catch (IOException e) {
      return ClaimResult.notRun(
          claim(), ClaimFactKind.UNREADABLE, "/proc/" + pid + "/mem", ExceptionText.of(e));
    }
    return search.result(claim(), List.of());
  }
}
