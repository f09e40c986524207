package org.hikae.backup.boundary;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.util.List;
import org.hikae.backup.control.BackupRequestFields;
import org.hikae.backup.entity.Snapshot;
import org.hikae.backup.service.SnapshotViewReader;
import org.hikae.backup.store.SnapshotStore;
import org.hikae.backup.wire.SnapshotPage;
import org.hikae.backup.wire.SnapshotView;
import org.hikae.caller.service.FromClient;
import org.hikae.caller.service.ScopeAccess;
import org.hikae.caller.service.ScopeRule;
import org.hikae.identity.service.EmployeeDirectory;
import org.hikae.identity.value.EmployeeId;
import org.hikae.identity.wire.RealmNames;
import org.hikae.problem.control.PageRequest;
import org.hikae.problem.control.Refusal;
import org.jspecify.annotations.Nullable;

/** Shows those who run the portal an employee's snapshots: when and how large, never what of. */
@Stateless
@RolesAllowed({RealmNames.BACKUP_ADMIN, RealmNames.HELPDESK, RealmNames.AUDITOR})
@FromClient(RealmNames.PORTAL_CLIENT)
@ScopeAccess(ScopeRule.SCOPED)
public class EmployeeSnapshotQueries {

  /** Most snapshots on a page. */
  public static final int MAX_LIMIT = 200;

  @Inject private EmployeeDirectory directory;
  @Inject private SnapshotStore snapshots;
  @Inject private SnapshotViewReader views;

  /**
   * A page, newest first.
   *
   * @param after {@link SnapshotPage#next} of the page before, or null for the first
   * @param asked how many, at most {@link #MAX_LIMIT}
   */
  public SnapshotPage page(EmployeeId employeeId, @Nullable String after, PageRequest asked) {
    int limit = asked.within(MAX_LIMIT);
    directory.requireKnown(employeeId.value());
    long before =
        after == null
            ? Long.MAX_VALUE
            : snapshots
                .find(employeeId.value(), BackupRequestFields.id("after", after))
                .orElseThrow(Refusal::notFound)
                .row();
    List<Snapshot> found = snapshots.page(employeeId.value(), before, null, limit + 1);
    List<SnapshotView> shown = views.of(found.subList(0, Math.min(limit, found.size())));
    return new SnapshotPage(shown, found.size() > limit ? shown.getLast().snapshotId() : null);
  }
}
