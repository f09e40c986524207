package org.hikae.insight.faces;

import jakarta.faces.context.FacesContext;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.IOException;
import java.io.Serializable;
import java.util.List;
import java.util.Set;
import org.hikae.backup.boundary.EmployeeStorageQueries;
import org.hikae.backup.wire.StorageView;
import org.hikae.identity.value.EmployeeId;
import org.hikae.insight.boundary.CoverageQueries;
import org.hikae.insight.boundary.EmployeeDetailQueries;
import org.hikae.insight.boundary.EmployeeVaultEventQueries;
import org.hikae.insight.view.BackupVerdict;
import org.hikae.insight.view.EmployeeDetail;
import org.hikae.insight.view.EmployeeOffer;
import org.hikae.insight.view.OwnVaultEvent;
import org.hikae.lifecycle.boundary.EmployeeErasureQueries;
import org.hikae.lifecycle.view.ErasureView;
import org.hikae.notice.view.NoticeView;
import org.hikae.problem.control.Refusal;
import org.hikae.ui.faces.NotFoundAnswer;
import org.jspecify.annotations.Nullable;

/**
 * One employee, for those who run the backup. What the page shows first is read before each
 * rendering; the rest when it is shown.
 */
@Named
@ViewScoped
public class EmployeeDetailPage implements Serializable {

  @Inject private EmployeeDetailQueries detailQueries;
  @Inject private EmployeeStorageQueries employeeStorageQueries;
  @Inject private EmployeeErasureQueries employeeErasureQueries;
  @Inject private EmployeeVaultEventQueries vaultEvents;
  @Inject private CoverageQueries coverageQueries;

  private @Nullable Long id;
  private @Nullable EmployeeDetail detail;
  private @Nullable BackupVerdict verdict;
  private @Nullable List<NoticeView> notices;
  private @Nullable EmployeeOffer offer;
  private @Nullable StorageView storage;
  private @Nullable List<ErasureView> erasures;
  private @Nullable List<OwnVaultEvent> events;

  /** Reads the employee named in the address; a missing one is a missing page. */
  public void load() throws IOException {
    try {
      read(known(id));
      return;
    } catch (Refusal refusal) {
      detail = null;
    }
    NotFoundAnswer.send("No such employee");
  }

  /** Reads anew what an action may have changed, before its answer is rendered. */
  public void refresh() {
    if (FacesContext.getCurrentInstance().isPostback()) {
      read(known(id));
    }
  }

  private void read(long employeeId) {
    detail = detailQueries.of(new EmployeeId(employeeId));
    storage = employeeStorageQueries.storage(new EmployeeId(employeeId));
    verdict = null;
    notices = null;
    offer = null;
    erasures = null;
    events = null;
  }

  /** The employee. */
  public @Nullable EmployeeDetail getDetail() {
    return detail;
  }

  /** Whether the employee is protected. */
  public BackupVerdict getVerdict() {
    BackupVerdict read = verdict;
    if (read == null) {
      read = detailQueries.verdict(new EmployeeId(known(id)));
      verdict = read;
    }
    return read;
  }

  /** The same in one sentence for those who help. */
  public String getVerdictSentence() {
    return BackupVerdictText.sentence(getVerdict(), "staff.", BackupVerdictText.bundle());
  }

  /** The colour that goes with it. */
  public String getVerdictColor() {
    return StateColor.of(getVerdict().state()).css();
  }

  /**
   * What to do next; null when nothing is to do.
   *
   * @param reader {@code HELPDESK} or {@code IT}
   */
  public @Nullable String verdictNext(String reader) {
    return BackupVerdictText.staffNext(getVerdict(), reader, BackupVerdictText.bundle());
  }

  /** The entry of the help page about it; null when there is none. */
  public @Nullable String getVerdictTopic() {
    return BackupVerdictText.topic(getVerdict());
  }

  /** What the employee was told, newest first. */
  public List<NoticeView> getNotices() {
    List<NoticeView> read = notices;
    if (read == null) {
      read = detailQueries.notices(new EmployeeId(known(id)));
      notices = read;
    }
    return read;
  }

  /** Whether and how the rollout reached the employee. */
  public EmployeeOffer getOffer() {
    EmployeeOffer read = offer;
    if (read == null) {
      read = detailQueries.offer(new EmployeeId(known(id)));
      offer = read;
    }
    return read;
  }

  /** What the backup takes, of how much. */
  public @Nullable StorageView getStorage() {
    return storage;
  }

  /** Used part of the quota in whole percent, 100 at most. */
  public long getUsedPercent() {
    StorageView known = storage;
    if (known == null || known.quotaBytes() == 0) {
      return 0;
    }
    return Math.min(100, Math.round(100.0 * known.usedBytes() / known.quotaBytes()));
  }

  /** Opt-outs, newest first. */
  public List<ErasureView> getErasures() {
    List<ErasureView> known = erasures;
    if (known == null) {
      known = employeeErasureQueries.of(new EmployeeId(known(id)));
      erasures = known;
    }
    return known;
  }

  /** What happened at the vault, newest first. */
  public List<OwnVaultEvent> getEvents() {
    List<OwnVaultEvent> known = events;
    if (known == null) {
      known = vaultEvents.newest(new EmployeeId(known(id)));
      events = known;
    }
    return known;
  }

  /** What a person of the caller's realm is called now, or their {@code sub}. */
  public String name(String subject) {
    return coverageQueries.names(Set.of(subject)).getOrDefault(subject, subject);
  }

  /** The portal's number for them. */
  public @Nullable Long getId() {
    return id;
  }

  /** Sets whom to show. */
  public void setId(@Nullable Long id) {
    this.id = id;
  }

  private static long known(@Nullable Long id) {
    if (id == null) {
      throw Refusal.notFound();
    }
    return id;
  }
}
