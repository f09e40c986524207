package org.hikae.identity.boundary;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import org.hikae.caller.service.FromClient;
import org.hikae.caller.service.ScopeAccess;
import org.hikae.caller.service.ScopeRule;
import org.hikae.identity.entity.DirectoryState;
import org.hikae.identity.service.AccountCountCache;
import org.hikae.identity.service.MassLeaveViewMapper;
import org.hikae.identity.store.DirectoryStateStore;
import org.hikae.identity.store.MassLeaveStore;
import org.hikae.identity.value.DirectoryReadKind;
import org.hikae.identity.view.DirectoryView;
import org.hikae.identity.wire.RealmNames;
import org.jspecify.annotations.Nullable;

/** Shows how the directory was read last. */
@Stateless
@RolesAllowed({RealmNames.BACKUP_ADMIN, RealmNames.HELPDESK, RealmNames.AUDITOR})
@FromClient(RealmNames.PORTAL_CLIENT)
@ScopeAccess(ScopeRule.COMPANY)
public class DirectoryQueries {

  @Inject private DirectoryStateStore states;
  @Inject private AccountCountCache accounts;
  @Inject private MassLeaveStore massLeaves;
  @Inject private Clock clock;

  /** The state of the directory; employees as they were counted at most two seconds ago. */
  public DirectoryView state() {
    Instant now = clock.instant();
    AccountCountCache.Counts counts = accounts.at(now);
    DirectoryState state = states.read();
    Instant succeeded = state.successAt();
    Instant failed = state.failedAt();
    return new DirectoryView(
        state.isHeld(now),
        succeeded,
        state.fullAt(),
        state.incrementalAt(),
        failed != null && (succeeded == null || failed.isAfter(succeeded)),
        failed,
        state.failure(),
        lastRead(state),
        counts.enabled(),
        counts.leavers(),
        massLeaves.standing().map(MassLeaveViewMapper::of).orElse(null));
  }

  private static DirectoryView.@Nullable LastRead lastRead(DirectoryState state) {
    DirectoryReadKind kind = state.lastKind();
    return kind == null
        ? null
        : new DirectoryView.LastRead(
            kind, state.fullBecause(), state.seen(), state.added(), state.changed(), state.left());
  }
}
