package org.hikae.insight.system.faces;

import jakarta.annotation.PostConstruct;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.hikae.backup.maintenance.boundary.ScrubCommands;
import org.hikae.backup.view.ScrubView;
import org.hikae.caller.boundary.ServiceAccountQueries;
import org.hikae.caller.view.ServiceAccountList;
import org.hikae.enrollment.distribution.boundary.AgentPackageQueries;
import org.hikae.enrollment.distribution.view.AgentPackageList;
import org.hikae.identity.boundary.DirectoryCommands;
import org.hikae.identity.boundary.DirectoryQueries;
import org.hikae.identity.boundary.MassLeaveCommands;
import org.hikae.identity.value.MassLeaveId;
import org.hikae.identity.view.DirectoryView;
import org.hikae.insight.boundary.CoverageQueries;
import org.hikae.insight.system.boundary.JobQueries;
import org.hikae.insight.system.boundary.RottenObjectQueries;
import org.hikae.insight.system.view.JobView;
import org.hikae.insight.system.view.RottenObjectView;
import org.hikae.insight.system.view.SecondStoreView;
import org.hikae.insight.system.view.SystemJob;
import org.hikae.insight.system.view.SystemJobState;
import org.hikae.insight.view.StorageTotals;
import org.hikae.problem.control.PageRequest;
import org.hikae.ui.faces.Banner;
import org.hikae.vault.boundary.VaultHealthQueries;
import org.hikae.vault.view.VaultStatus;
import org.jspecify.annotations.Nullable;

/**
 * What the portal does by itself, and whether that goes well. While something runs, the page looks
 * again by itself, for a bounded time.
 */
@Named
@ViewScoped
public class SystemPage implements Serializable {

  private static final long serialVersionUID = 1L;

  private static final String BUNDLE = "sys";

  /** Rotten objects that are shown. */
  private static final int SHOWN_ROT = 20;

  /** Looks after something was started: it takes a moment until it says that it runs. */
  private static final int LOOKS_AFTER_START = 4;

  /** Most looks of one opened page: an hour, every five seconds. */
  private static final int MAX_LOOKS = 720;

  @Inject private JobQueries jobQueries;
  @Inject private CoverageQueries coverage;
  @Inject private ScrubCommands scrubCommands;
  @Inject private RottenObjectQueries rottenObjectQueries;
  @Inject private DirectoryQueries directoryQueries;
  @Inject private DirectoryCommands directoryCommands;
  @Inject private MassLeaveCommands massLeaveCommands;
  @Inject private ServiceAccountQueries accounts;
  @Inject private VaultHealthQueries vault;
  @Inject private AgentPackageQueries packages;
  @Inject private Banner banner;

  private int looks;
  private int looksAsked;
  private transient @Nullable Figures figures;
  private transient @Nullable ServiceAccountList programs;

  private record Figures(
      List<JobView> jobs,
      Map<SystemJob, Instant> nextDue,
      StorageTotals storage,
      ScrubView scrub,
      List<RottenObjectView> rot,
      DirectoryView directory,
      @Nullable SecondStoreView second) {}

  /** Reads everything. */
  @PostConstruct
  public void load() {
    figures = read();
    programs = accounts.list();
  }

  /** Looks again. */
  public void look() {
    looks++;
    looksAsked = Math.max(0, looksAsked - 1);
    figures = read();
  }

  private Figures read() {
    return new Figures(
        jobQueries.jobs(),
        jobQueries.nextDue(),
        coverage.storage(),
        scrubCommands.state(),
        rottenObjectQueries.page(null, false, new PageRequest(SHOWN_ROT)).objects(),
        directoryQueries.state(),
        jobQueries.secondStore());
  }

  private Figures figures() {
    Figures known = figures;
    if (known == null) {
      known = read();
      figures = known;
    }
    return known;
  }

  /** Whether the page looks again by itself. */
  public boolean isLive() {
    return looks < MAX_LOOKS
        && (looksAsked > 0
            || getJobs().stream().anyMatch(job -> job.state() == SystemJobState.RUNNING));
  }

  /** Starts to read all stored objects again. */
  public void scrub() {
    act(scrubCommands::start, "done.scrub");
  }

  /** Reads the directory. */
  public void readDirectory() {
    act(directoryCommands::readAll, "done.directory");
  }

  /** The people who were found have left. */
  public void confirmLeave(long findingId) {
    act(() -> directoryCommands.confirm(new MassLeaveId(findingId)), "done.confirm");
  }

  /** The people who were found have not left. */
  public void dismissLeave(long findingId) {
    act(() -> massLeaveCommands.dismiss(new MassLeaveId(findingId)), "done.dismiss");
  }

  private void act(Runnable action, String doneKey) {
    if (banner.attempt(action, BUNDLE, doneKey)) {
      looksAsked = LOOKS_AFTER_START;
    }
    figures = read();
  }

  /** What the portal does by itself. */
  public List<JobView> getJobs() {
    return figures().jobs();
  }

  /** When a job is due next; null when it runs now or nobody knows. */
  public @Nullable Instant nextDue(JobView job) {
    return figures().nextDue().get(job.job());
  }

  /** How long a job took last, in whole seconds; null where its beginning or end is not kept. */
  public @Nullable Long seconds(JobView job) {
    Instant started = job.startedAt();
    Instant ended = job.endedAt();
    return started == null || ended == null || ended.isBefore(started)
        ? null
        : (Long) Duration.between(started, ended).toSeconds();
  }

  /** What is stored for everybody. */
  public StorageTotals getStorage() {
    return figures().storage();
  }

  /** How the second store stands; null when there is none. */
  public @Nullable SecondStoreView getSecond() {
    return figures().second();
  }

  /** How scrubbing stands. */
  public ScrubView getScrub() {
    return figures().scrub();
  }

  /**
   * How much of all objects the pass that goes on has read, in whole percent; null when none does.
   */
  public @Nullable Integer getScrubPercent() {
    ScrubView scrub = getScrub();
    if (scrub.passes().isEmpty()
        || scrub.passes().getFirst().endedAt() != null
        || scrub.objects() == 0) {
      return null;
    }
    return (int) Math.min(100, scrub.passes().getFirst().objects() * 100 / scrub.objects());
  }

  /** Objects with wrong bytes. */
  public List<RottenObjectView> getRot() {
    return figures().rot();
  }

  /** How the directory was read. */
  public DirectoryView getDirectory() {
    return figures().directory();
  }

  /** How the vault was seconds ago. */
  public VaultStatus getVault() {
    return vault.lately();
  }

  /** The folder of the agent's packages. */
  public AgentPackageList getPackages() {
    return packages.packages();
  }

  /** Whether a package is offered only when IT has signed its hash. */
  public boolean isSignatureRequired() {
    return packages.isSignatureRequired();
  }

  /** The company's own programs. */
  public ServiceAccountList getPrograms() {
    ServiceAccountList known = programs;
    if (known == null) {
      known = accounts.list();
      programs = known;
    }
    return known;
  }
}
