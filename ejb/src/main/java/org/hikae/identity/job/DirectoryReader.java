package org.hikae.identity.job;

import jakarta.ejb.EJBException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.hikae.identity.control.DirectoryChanges;
import org.hikae.identity.control.DirectoryPerson;
import org.hikae.identity.service.KeycloakDirectory;
import org.hikae.identity.value.DirectoryReadKind;
import org.hikae.identity.value.FullReadReason;
import org.hikae.identity.view.DirectoryCounts;
import org.hikae.runtime.service.KeycloakRefusalException;
import org.jspecify.annotations.Nullable;

/**
 * Reads everybody, or those who changed, and has it written. Somebody is gone only when Keycloak,
 * asked about them by id, does not know them: a page that shifted while it was read must not lock
 * anybody out.
 */
@ApplicationScoped
class DirectoryReader {

  /** Most people that one run reads. */
  static final int MAX_PEOPLE = 200_000;

  /** Most people who are asked about one by one; when more changed, everybody is read. */
  static final int MAX_CHANGES = 1_000;

  /** Most people of a page who are asked about because they are suddenly in no group. */
  private static final int MAX_ARRIVALS = 100;

  private static final int CHUNK = 100;
  private static final int FORBIDDEN = 403;
  private static final String SERVICE_ACCOUNT = "service-account-";

  @Inject private KeycloakDirectory keycloak;
  @Inject private DirectoryWriter directoryWriter;
  @Inject private LeaverDetectionSteps leavers;

  /** For the container. */
  DirectoryReader() {}

  /** For tests without a container. */
  @SuppressWarnings("UnnecessaryAssignment") // the container does not come here
  DirectoryReader(
      KeycloakDirectory keycloak, DirectoryWriter directoryWriter, LeaverDetectionSteps leavers) {
    this.keycloak = keycloak;
    this.directoryWriter = directoryWriter;
    this.leavers = leavers;
  }

  /**
   * A run.
   *
   * @param issuer the realm
   * @param at when it began
   * @param progress told after each step; throws when the run must end
   */
  record Pass(String issuer, Instant at, KeycloakDirectory.Progress progress) {}

  /** Keycloak says that there is nobody. */
  static final class EmptyDirectoryException extends IOException {

    private static final long serialVersionUID = 1L;

    EmptyDirectoryException() {
      super("Keycloak has nobody in its directory");
    }
  }

  /** The service account may not read events. */
  static final class EventsRefusedException extends IOException {

    private static final long serialVersionUID = 1L;

    EventsRefusedException(KeycloakRefusalException cause) {
      super(cause.getMessage(), cause);
    }
  }

  private static final class Tally {

    private final List<DirectoryWriter.FoundLeaver> foundLeaver = new ArrayList<>();
    private int seen;
    private int added;
    private int changed;

    void add(int people, DirectoryWriter.Applied applied) {
      seen += people;
      added += applied.added();
      changed += applied.changed();
      foundLeaver.addAll(applied.leaving());
    }
  }

  /** Reads everybody. */
  DirectoryCounts everybody(Pass pass, @Nullable FullReadReason because) throws IOException {
    Map<String, Set<String>> groups = keycloak.groupsBySubject(pass.progress());
    Tally tally = new Tally();
    Set<String> seen = new HashSet<>();
    while (tally.seen < MAX_PEOPLE) {
      List<DirectoryPerson> page = keycloak.people(tally.seen);
      if (page.isEmpty()) {
        break;
      }
      page.forEach(person -> seen.add(person.subject()));
      askAboutArrivals(pass, page, groups);
      tally.add(page.size(), write(pass, page, groups));
      pass.progress().step();
    }
    if (seen.isEmpty()) {
      throw new EmptyDirectoryException();
    }
    findGone(pass, seen, tally);
    return end(pass, tally, true, because);
  }

  /**
   * Groups were read before people: who is in none of them may have come in between, also when they
   * have signed in already and their groups are known here. They would be taken from them, or not
   * be given, until the next read, and nothing be offered to them. In a first read, where everybody
   * is new, there are too many to ask about; the next one looks at what changed since it began.
   */
  private void askAboutArrivals(
      Pass pass, List<DirectoryPerson> page, Map<String, Set<String>> groups) throws IOException {
    Set<String> arrivals = new HashSet<>();
    page.stream()
        .map(DirectoryPerson::subject)
        .filter(subject -> !groups.containsKey(subject))
        .forEach(arrivals::add);
    if (arrivals.isEmpty()) {
      return;
    }
    directoryWriter.groupless(pass.issuer(), arrivals).forEach(arrivals::remove);
    if (arrivals.size() > MAX_ARRIVALS) {
      return;
    }
    for (String subject : arrivals) {
      groups.put(subject, keycloak.groupsOf(subject));
    }
  }

  /** Once more when somebody signed in for the first time at this very moment. */
  private DirectoryWriter.Applied write(
      Pass pass, List<DirectoryPerson> people, Map<String, Set<String>> groups) {
    try {
      return directoryWriter.apply(pass.issuer(), people, groups, pass.at());
    } catch (EJBException e) {
      return directoryWriter.apply(pass.issuer(), people, groups, pass.at());
    }
  }

  private void findGone(Pass pass, Set<String> seen, Tally tally) throws IOException {
    List<DirectoryWriter.KnownEmployee> known = directoryWriter.knownAfter(pass.issuer(), 0);
    while (!known.isEmpty()) {
      for (DirectoryWriter.KnownEmployee each : known) {
        if (!seen.contains(each.subject()) && !keycloak.exists(each.subject())) {
          tally.foundLeaver.add(gone(each));
        }
        pass.progress().step();
      }
      known = directoryWriter.knownAfter(pass.issuer(), known.getLast().employeeId());
    }
  }

  private static DirectoryWriter.FoundLeaver gone(DirectoryWriter.KnownEmployee known) {
    return new DirectoryWriter.FoundLeaver(known.employeeId(), known.here(), true);
  }

  /**
   * Reads those who changed since an instant.
   *
   * @return empty when there are too many
   */
  Optional<DirectoryCounts> changes(Pass pass, Instant since) throws IOException {
    Optional<DirectoryChanges> changes = eventsSince(since);
    if (changes.isEmpty()) {
      return Optional.empty();
    }
    Set<String> subjects = new HashSet<>(changes.get().subjects());
    for (String group : changes.get().groups()) {
      subjects.addAll(keycloak.membersBelow(group, pass.progress()));
    }
    if (changes.get().paths()) {
      subjects.addAll(membersOfVanished(pass));
    }
    if (subjects.size() > MAX_CHANGES) {
      return Optional.empty();
    }
    Tally tally = new Tally();
    List<String> all = List.copyOf(subjects);
    for (int from = 0; from < all.size(); from += CHUNK) {
      readEach(pass, all.subList(from, Math.min(all.size(), from + CHUNK)), tally);
    }
    return Optional.of(end(pass, tally, false, null));
  }

  private Optional<DirectoryChanges> eventsSince(Instant since) throws IOException {
    try {
      return keycloak.changesSince(since);
    } catch (KeycloakRefusalException e) {
      if (e.status() == FORBIDDEN) {
        throw new EventsRefusedException(e);
      }
      throw e;
    }
  }

  /** Who is here in a group whose path is not at Keycloak any more: it was renamed or removed. */
  private List<String> membersOfVanished(Pass pass) throws IOException {
    Set<String> vanished = new HashSet<>(directoryWriter.groupPaths(pass.issuer()));
    vanished.removeAll(keycloak.groupPaths(pass.progress()));
    return vanished.isEmpty()
        ? List.of()
        : directoryWriter.subjectsIn(pass.issuer(), vanished, MAX_CHANGES + 1);
  }

  private void readEach(Pass pass, List<String> subjects, Tally tally) throws IOException {
    Map<String, DirectoryWriter.KnownEmployee> known = new HashMap<>();
    directoryWriter
        .knownAmong(pass.issuer(), subjects)
        .forEach(each -> known.put(each.subject(), each));
    List<DirectoryPerson> people = new ArrayList<>();
    Map<String, Set<String>> groups = new HashMap<>();
    for (String subject : subjects) {
      Optional<DirectoryPerson> person = keycloak.person(subject);
      DirectoryWriter.KnownEmployee before = known.get(subject);
      if (person.isEmpty() && before != null) {
        tally.foundLeaver.add(gone(before));
      } else if (person.isPresent()
          && (before != null || !person.get().username().startsWith(SERVICE_ACCOUNT))) {
        people.add(person.get());
        groups.put(subject, keycloak.groupsOf(subject));
      }
      pass.progress().step();
    }
    if (!people.isEmpty()) {
      tally.add(people.size(), write(pass, people, groups));
    }
  }

  private DirectoryCounts end(
      Pass pass, Tally tally, boolean complete, @Nullable FullReadReason because)
      throws IOException {
    if (tally.foundLeaver.stream().anyMatch(DirectoryWriter.FoundLeaver::gone)) {
      keycloak.requireAnswering();
    }
    LeaverDetectionSteps.DetectedLeavers verdict =
        leavers.decide(pass.issuer(), tally.foundLeaver, complete);
    List<DirectoryWriter.FoundLeaver> mark = verdict.mark();
    for (int from = 0; from < mark.size(); from += LeaverDetectionSteps.BATCH) {
      directoryWriter.mark(
          mark.subList(from, Math.min(mark.size(), from + LeaverDetectionSteps.BATCH)), pass.at());
      pass.progress().step();
    }
    return new DirectoryCounts(
        complete ? DirectoryReadKind.FULL : DirectoryReadKind.INCREMENTAL,
        because,
        tally.seen,
        tally.added,
        tally.changed,
        mark.size(),
        verdict.asked());
  }
}
