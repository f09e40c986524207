package org.hikae.insight.system.faces;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import org.hikae.enrollment.boundary.ConsentTextCommands;
import org.hikae.enrollment.distribution.boundary.AgentPackageQueries;
import org.hikae.identity.boundary.DirectoryQueries;
import org.hikae.insight.boundary.CoverageQueries;
import org.hikae.insight.recovery.boundary.RecoveryQueries;
import org.hikae.insight.view.Coverage;
import org.hikae.notice.boundary.NoticeCommands;
import org.hikae.notice.boundary.NoticeReadingCommands;
import org.hikae.notice.value.NoticeChannel;
import org.hikae.policy.boundary.PolicyQueries;
import org.hikae.policy.view.PolicyCriteria;
import org.hikae.problem.control.PageRequest;
import org.hikae.rollout.boundary.CampaignQueries;
import org.hikae.rollout.boundary.OfferCommands;
import org.hikae.vault.boundary.VaultHealthQueries;
import org.hikae.vault.view.VaultStatus;

/**
 * What the first administrator does, in its order, and how far it is: from a directory that was
 * read to a first test of what was backed up. Nothing here is remembered; each step looks at what
 * is.
 */
@Named
@RequestScoped
public class StartPage {

  private static final String WITH_THE_RELEASE = "release";

  @Inject private DirectoryQueries directory;
  @Inject private VaultHealthQueries vault;
  @Inject private ConsentTextCommands texts;
  @Inject private PolicyQueries policies;
  @Inject private CampaignQueries campaigns;
  @Inject private OfferCommands offers;
  @Inject private CoverageQueries coverage;
  @Inject private NoticeCommands notices;
  @Inject private NoticeReadingCommands readings;
  @Inject private AgentPackageQueries packages;
  @Inject private RecoveryQueries recovery;

  private List<Step> steps = List.of();
  private long administrators;

  /**
   * One step.
   *
   * @param name key of its texts
   * @param done whether what it asks for is there
   * @param optional whether the company can do without it
   * @param page where it is done
   */
  public record Step(String name, boolean done, boolean optional, String page) {}

  /** Looks at everything. */
  @PostConstruct
  void load() {
    administrators = readings.administrators();
    Coverage.Devices devices = coverage.coverage().devices();
    steps =
        List.of(
            new Step("directory", directory.state().enabled() > 1, false, "/admin/rollout"),
            new Step("vault", vault.lately() == VaultStatus.UP, true, "/admin/overview"),
            new Step("consent", publishedHere(), true, "/admin/consent-texts"),
            new Step("policy", hasPolicy(), true, "/admin/policies"),
            new Step("mail", hasMail(), true, "/admin/notice-channels"),
            new Step("second", administrators > 1, true, "/admin/approvals"),
            new Step("packages", !packages.packages().offered().isEmpty(), true, "/admin/system"),
            new Step("offer", isOffered(), false, "/admin/rollout"),
            new Step("device", devices.total() > devices.never(), false, "/my/install"),
            new Step("restore", recovery.everybody().drilled() > 0, true, "/help"));
  }

  /** All steps in their order. */
  public List<Step> getSteps() {
    return steps;
  }

  /** How many are done. */
  public long getDone() {
    return steps.stream().filter(Step::done).count();
  }

  private boolean hasMail() {
    return notices.channels().stream()
        .anyMatch(way -> way.channel() == NoticeChannel.MAIL && way.configured());
  }

  /** How many administrators of the whole company have signed in lately. */
  public long getAdministrators() {
    return administrators;
  }

  private boolean publishedHere() {
    return texts.versions(null, new PageRequest(1)).versions().stream()
        .anyMatch(version -> !version.publishedBy().equals(WITH_THE_RELEASE));
  }

  private boolean hasPolicy() {
    return policies.scopes(PolicyCriteria.ALL, null, new PageRequest(1)).scopes().stream()
        .anyMatch(scope -> scope.version() > 0);
  }

  private boolean isOffered() {
    return !offers.list().isEmpty()
        || !campaigns.list(null, null, new PageRequest(1)).campaigns().isEmpty();
  }
}
