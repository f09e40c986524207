package org.hikae.backup.faces;

import jakarta.inject.Inject;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import org.hikae.backup.wire.ResticRepositoryView;
import org.hikae.backup.wire.TakeBackTo;
import org.hikae.backup.wire.TakenBack;
import org.hikae.enrollment.wire.ResticCredentialView;
import org.hikae.problem.control.InstantParser;
import org.hikae.problem.control.Refusal;
import org.hikae.problem.wire.ProblemCode;
import org.hikae.ui.faces.Banner;
import org.jspecify.annotations.Nullable;

/**
 * Repositories and credentials of restic on a page, and what is done with them. Each is read when
 * it is asked for, and again after {@link #forget}.
 */
public abstract class ResticSection implements Serializable {

  private static final String BUNDLE = "rst";

  @Inject private Banner banner;

  private @Nullable String chosen;
  private String moment = "";
  private @Nullable ResticRewindRow taken;
  private transient @Nullable List<ResticRepositoryRow> repositories;
  private transient @Nullable List<ResticCredentialRow> credentials;

  /** The repositories to show. */
  abstract List<ResticRepositoryView> readRepositories();

  /** The credentials to show. */
  abstract List<ResticCredentialView> readCredentials();

  /** What the owner of a device calls it. */
  abstract String deviceName(String deviceId);

  /** Ends a credential. */
  abstract void end(String username);

  /** Takes a repository back. */
  abstract TakenBack rewind(String repository, TakeBackTo to);

  /** Lets everything be read anew. */
  void forget() {
    repositories = null;
    credentials = null;
  }

  /** The repositories, oldest first. */
  public List<ResticRepositoryRow> getRepositories() {
    List<ResticRepositoryRow> known = repositories;
    if (known == null) {
      known =
          readRepositories().stream()
              .map(one -> ResticRepositoryRow.of(one, deviceName(one.deviceId())))
              .toList();
      repositories = known;
    }
    return known;
  }

  /** The credentials, newest first. */
  public List<ResticCredentialRow> getCredentials() {
    List<ResticCredentialRow> known = credentials;
    if (known == null) {
      known =
          readCredentials().stream()
              .map(one -> ResticCredentialRow.of(one, deviceName(one.deviceId())))
              .toList();
      credentials = known;
    }
    return known;
  }

  /** How many snapshots restic has in all of them. */
  public long getSnapshots() {
    return getRepositories().stream().mapToLong(ResticRepositoryRow::snapshots).sum();
  }

  /** Ends a credential, for good. */
  public void revoke(String username) {
    banner.attempt(() -> end(username), BUNDLE, "key.revoked");
  }

  /** Opens the question to which moment a repository shall go back. */
  public void choose(String repository) {
    chosen = repository;
    moment = "";
    taken = null;
  }

  /** Leaves the question. */
  public void leave() {
    chosen = null;
    taken = null;
  }

  /** The repository that is asked about; null for none, or when it is not there any more. */
  public @Nullable ResticRepositoryRow getChosen() {
    return row().orElse(null);
  }

  private Optional<ResticRepositoryRow> row() {
    return getRepositories().stream().filter(one -> one.repository().equals(chosen)).findFirst();
  }

  /** Takes the chosen repository back to the moment that was given. */
  public void takeBack() {
    ResticRepositoryRow repository = row().orElse(null);
    if (repository == null) {
      chosen = null;
    } else if (moment.isEmpty()) {
      banner.warn(BUNDLE, "back.when");
    } else {
      attempt(repository);
    }
  }

  private void attempt(ResticRepositoryRow repository) {
    try {
      TakenBack done =
          rewind(repository.repository(), new TakeBackTo(InstantParser.parse("moment", moment)));
      taken = ResticRewindRow.of(done, repository.deviceName());
      chosen = null;
    } catch (Refusal refusal) {
      if (refusal.code() == ProblemCode.MALFORMED) {
        banner.warn(BUNDLE, "back.range");
      } else {
        banner.show(refusal);
      }
    }
  }

  /** What taking back has done, until something else is chosen. */
  public @Nullable ResticRewindRow getTaken() {
    return taken;
  }

  /** The moment, as an ISO-8601 instant; the page's script makes it of what was typed. */
  public String getMoment() {
    return moment;
  }

  /** Sets the moment. */
  public void setMoment(@Nullable String moment) {
    this.moment = moment == null ? "" : moment;
  }
}
