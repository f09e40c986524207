package org.hikae.enrollment.distribution.boundary;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.hikae.caller.service.FromClient;
import org.hikae.caller.service.ScopeAccess;
import org.hikae.caller.service.ScopeRule;
import org.hikae.enrollment.distribution.service.AgentDownloadSteps;
import org.hikae.enrollment.distribution.service.AgentPackageProvider;
import org.hikae.enrollment.distribution.view.AgentDownload;
import org.hikae.enrollment.distribution.view.AgentPackageView;
import org.hikae.enrollment.distribution.view.ChecksumFiles;
import org.hikae.identity.wire.RealmNames;
import org.hikae.problem.control.Refusal;
import org.hikae.problem.wire.ProblemCode;
import org.hikae.runtime.control.ActorLimit;
import org.hikae.runtime.control.TransferBudget;

/**
 * Hands the agent's packages out to any employee. Each download is audited before its first byte
 * leaves; the bytes come in slices outside of any transaction.
 */
@Stateless
@RolesAllowed(RealmNames.EMPLOYEE)
@FromClient(RealmNames.PORTAL_CLIENT)
@ScopeAccess(ScopeRule.OWN)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class AgentPackageDownloads {

  /** Downloads of one employee in an hour. */
  public static final int MAX_PER_HOUR = 20;

  /** Downloads at once, each of which holds a thread of the server. */
  public static final int MAX_AT_ONCE = 20;

  /** Downloads of one employee at once. */
  public static final int MAX_AT_ONCE_PER_EMPLOYEE = 2;

  private static final int RETRY_AFTER_SECONDS = 30;

  private static final ActorLimit LIMIT = new ActorLimit(MAX_PER_HOUR, Duration.ofHours(1), 10_000);
  private static final TransferBudget PLACES =
      new TransferBudget(Long.MAX_VALUE, MAX_AT_ONCE, MAX_AT_ONCE_PER_EMPLOYEE);

  @Inject private AgentPackageProvider provider;
  @Inject private AgentDownloadSteps downloadSteps;
  @Inject private Clock clock;

  /**
   * A package that is offered, to be closed when it is sent.
   *
   * @param fileName as the list says
   * @throws Refusal when there is none, or this person or all have too many under way
   */
  public AgentDownload open(String fileName) {
    AgentPackageView offered =
        provider.packages().offered().stream()
            .filter(one -> one.fileName().equals(fileName))
            .findFirst()
            .orElseThrow(Refusal::notFound);
    AgentDownload.Body body = provider.body(offered);
    long employeeId = downloadSteps.employeeId();
    TransferBudget.Place place =
        PLACES
            .enter(employeeId, 0)
            .orElseThrow(() -> Refusal.retryAfter(ProblemCode.BUSY, RETRY_AFTER_SECONDS));
    boolean opened = false;
    try {
      requireNotTooMany(employeeId);
      downloadSteps.record(employeeId, offered);
      opened = true;
      return new AgentDownload(offered, body, place::close);
    } finally {
      if (!opened) {
        place.close();
      }
    }
  }

  private void requireNotTooMany(long employeeId) {
    String actor = Long.toString(employeeId);
    Instant now = clock.instant();
    if (!LIMIT.allow(actor, now)) {
      throw Refusal.retryAfter(ProblemCode.TOO_MANY_REQUESTS, LIMIT.secondsUntilNext(actor, now));
    }
  }

  /** The list of hashes that IT has signed, and its signature. */
  public ChecksumFiles checksums() {
    return Optional.ofNullable(provider.packages().checksums()).orElseThrow(Refusal::notFound);
  }

  /** Certificates of the authorities that devices trust, as PEM. */
  public byte[] authority() {
    return provider.authority().orElseThrow(Refusal::notFound);
  }
}
