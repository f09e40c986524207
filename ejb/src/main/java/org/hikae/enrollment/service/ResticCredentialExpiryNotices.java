package org.hikae.enrollment.service;

import jakarta.annotation.security.PermitAll;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hikae.enrollment.entity.ResticCredential;
import org.hikae.enrollment.store.DeviceStore;
import org.hikae.enrollment.store.ResticCredentialStore;
import org.hikae.notice.service.Outbox;
import org.hikae.notice.wire.NoticeKind;

/**
 * Tells employees of credentials that restic uses and that will soon end: without a word it would
 * be refused one day, and the next thing heard would be of a missed backup. Once for each
 * credential. Time comes from the caller.
 */
@Stateless
@PermitAll
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class ResticCredentialExpiryNotices {

  /** How long before its end a credential is told of. */
  static final Duration AHEAD = Duration.ofDays(14);

  /** What was not used for so long is nobody's loss. */
  static final Duration USED_WITHIN = Duration.ofDays(30);

  private static final int PAGE = 200;

  @Inject private ResticCredentialStore credentials;
  @Inject private DeviceStore devices;
  @Inject private Outbox outbox;

  /**
   * Tells of a page of credentials.
   *
   * @param after the last credential of the page before; empty for the first
   * @return the last credential of this page; empty when there is no other
   */
  public Optional<String> step(String after, Instant wall) {
    List<ResticCredential> page =
        credentials.ending(
            new ResticCredentialStore.Ending(
                wall, wall.plus(AHEAD), wall.minus(USED_WITHIN), after),
            PAGE);
    page.forEach(this::tell);
    return page.size() < PAGE ? Optional.empty() : Optional.of(page.getLast().credentialId());
  }

  private void tell(ResticCredential credential) {
    outbox.tellOnce(
        credential.credentialId(),
        credential.employeeId(),
        NoticeKind.RESTIC_CREDENTIAL_ENDS,
        Map.of(
            "deviceId", credential.deviceId(),
            "name", devices.nameOf(credential.deviceId()),
            "expiresAt", credential.expiresAt().toString()));
  }
}
