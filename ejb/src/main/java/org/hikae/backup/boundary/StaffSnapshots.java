package org.hikae.backup.boundary;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.util.List;
import org.hikae.backup.control.RequestFields;
import org.hikae.backup.entity.Snapshot;
import org.hikae.backup.service.SnapshotViews;
import org.hikae.backup.store.Snapshots;
import org.hikae.backup.wire.SnapshotPage;
import org.hikae.backup.wire.SnapshotView;
import org.hikae.caller.service.FromClient;
import org.hikae.identity.service.Directory;
import org.hikae.identity.wire.Realm;
import org.hikae.problem.control.Refusal;
import org.jspecify.annotations.Nullable;

/** Shows those who run the portal an employee's snapshots: when and how large, never what of. */
@Stateless
@RolesAllowed({Realm.BACKUP_ADMIN, Realm.HELPDESK, Realm.AUDITOR})
@FromClient(Realm.PORTAL_CLIENT)
public class StaffSnapshots {

  /** Most snapshots on a page. */
  public static final int MAX_LIMIT = 200;

  @Inject private Directory directory;
  @Inject private Snapshots snapshots;
  @Inject private SnapshotViews views;

  /**
   * A page, newest first.
   *
   * @param after {@link SnapshotPage#next} of the page before, or null for the first
   * @param limit 1 to {@link #MAX_LIMIT}
   */
  public SnapshotPage page(long employeeId, @Nullable String after, int limit) {
    if (limit < 1 || limit > MAX_LIMIT) {
      throw Refusal.malformed("limit must be 1 to " + MAX_LIMIT + ".");
    }
    directory.requireKnown(employeeId);
    long before =
        after == null
            ? Long.MAX_VALUE
            : snapshots
                .find(employeeId, RequestFields.id("after", after))
                .orElseThrow(Refusal::notFound)
                .row();
    List<Snapshot> found = snapshots.page(employeeId, before, null, limit + 1);
    List<SnapshotView> shown = views.of(found.subList(0, Math.min(limit, found.size())));
    return new SnapshotPage(shown, found.size() > limit ? shown.getLast().snapshotId() : null);
  }
}
