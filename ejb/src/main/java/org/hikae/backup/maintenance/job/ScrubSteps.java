package org.hikae.backup.maintenance.job;

import jakarta.annotation.security.PermitAll;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.hikae.audit.service.AuditTrail;
import org.hikae.backup.ciphertext.store.ObjectKey;
import org.hikae.backup.entity.RottenObject;
import org.hikae.backup.entity.ScrubPass;
import org.hikae.backup.entity.ScrubState;
import org.hikae.backup.store.RottenObjectStore;
import org.hikae.backup.store.ScrubStore;
import org.hikae.backup.store.StoredObjectStore;
import org.hikae.backup.value.ObjectRef;
import org.hikae.backup.value.RotKind;
import org.hikae.notice.service.Outbox;
import org.hikae.notice.wire.NoticeKind;
import org.hikae.runtime.service.Settings;

/**
 * The short transactions of scrubbing. Each holds the row of its state, so that two portals cannot
 * read the same objects at once; between two of them nothing is held but a lease.
 */
@Stateless
@PermitAll
public class ScrubSteps {

  /** How long a step may take before another portal goes on in its place. */
  static final Duration LEASE = Duration.ofMinutes(5);

  /** Most objects of one step. */
  static final int MAX_OBJECTS = 200;

  /** Most bytes of one step, unless its first object alone has more. */
  static final long MAX_BYTES = 64L * 1024 * 1024;

  @Inject private ScrubStore scrubs;
  @Inject private RottenObjectStore rottenObjects;
  @Inject private StoredObjectStore storedObjects;
  @Inject private Settings settings;
  @Inject private Outbox outbox;
  @Inject private AuditTrail trail;
  @Inject private Clock clock;

  /** Objects to read, in order; none when there is nothing to do. */
  record Step(List<ObjectRef> objects) {

    static final Step NONE = new Step(List.of());
  }

  /** An object that was read: when, and what is wrong with it. */
  record Finding(ObjectRef object, Instant readAt, Optional<RotKind> rot) {}

  /**
   * Takes the lease and begins a pass if none goes on.
   *
   * @param holder who asks
   * @param now whether a new pass begins although none is due
   * @return the objects to read first; none when somebody else is at it, or nothing is due
   */
  public Step begin(String holder, boolean now) {
    ScrubState state = scrubs.lock();
    Instant instant = clock.instant();
    if (state.isHeld(instant) || (state.passId() == null && !now && !isDue(instant))) {
      return Step.NONE;
    }
    if (state.passId() == null) {
      state.begin(scrubs.add(new ScrubPass(instant, scrubs.newestObjectId())));
    }
    state.lease(holder, instant.plus(LEASE));
    return next(state, instant);
  }

  private boolean isDue(Instant instant) {
    Duration apart = Duration.ofDays(settings.scrubDays());
    return scrubs.newest().map(last -> !last.startedAt().plus(apart).isAfter(instant)).orElse(true);
  }

  /**
   * Records what was read, in the order it was given, and gives what comes next.
   *
   * @return none when the pass has ended, or the lease was lost to another portal
   */
  public Step record(String holder, List<Finding> read) {
    ScrubState state = scrubs.lock();
    Instant instant = clock.instant();
    Long passId = state.passId();
    if (passId == null || !state.isHeldBy(holder, instant)) {
      return Step.NONE;
    }
    if (!read.isEmpty()) {
      ScrubPass pass = scrubs.pass(passId);
      List<Finding> fresh = read.stream().filter(finding -> note(finding, instant)).toList();
      long bytes = read.stream().mapToLong(finding -> finding.object().sizeBytes()).sum();
      pass.count(read.size(), bytes, fresh.size());
      state.advance(read.getLast().object().id());
      tell(pass, fresh);
    }
    state.lease(holder, instant.plus(LEASE));
    return next(state, instant);
  }

  /**
   * Notes an object that somebody else found rotten who has read it; the employee is told unless
   * they were within the last day. What is no object any more is not rotten.
   */
  public void found(ObjectKey key, RotKind rot) {
    ScrubState _ = scrubs.lock();
    ObjectRef object = storedObjects.find(key.repositoryId(), Set.of(key.name())).get(key.name());
    if (object == null) {
      return;
    }
    Instant instant = clock.instant();
    boolean told =
        rottenObjects.foundBefore(
            key.repositoryId(), Long.MAX_VALUE, instant.minus(Duration.ofDays(1)));
    Finding finding = new Finding(object, instant, Optional.of(rot));
    if (note(finding, instant)) {
      if (!told) {
        tellOwner(key.repositoryId(), 1);
      }
      record(finding);
    }
  }

  /** Gives the lease back; does nothing when another has it. */
  public void release(String holder) {
    ScrubState state = scrubs.lock();
    if (state.isHeldBy(holder, clock.instant())) {
      state.release();
    }
  }

  private Step next(ScrubState state, Instant instant) {
    Long passId = state.passId();
    if (passId == null) {
      return Step.NONE;
    }
    ScrubPass pass = scrubs.pass(passId);
    List<ObjectRef> next = bounded(scrubs.next(pass, state.lastObjectId(), MAX_OBJECTS));
    if (next.isEmpty()) {
      pass.end(instant);
      state.end();
    }
    return new Step(next);
  }

  private static List<ObjectRef> bounded(List<ObjectRef> objects) {
    List<ObjectRef> some = new ArrayList<>();
    long bytes = 0;
    for (ObjectRef object : objects) {
      bytes += object.sizeBytes();
      if (bytes > MAX_BYTES && !some.isEmpty()) {
        break;
      }
      some.add(object);
    }
    return some;
  }

  /** Brings the record of an object up to date; whether its rot is news. */
  private boolean note(Finding finding, Instant instant) {
    long id = finding.object().id();
    Optional<RottenObject> known = rottenObjects.lock(id);
    if (finding.rot().isEmpty()) {
      // Such as after the administrators have mended the disk.
      known.filter(RottenObject::isOpen).ifPresent(rotten -> rotten.heal(instant));
      return false;
    }
    RotKind kind = finding.rot().get();
    if (known.isPresent()) {
      if (known.get().isOpen() || known.get().healedSince(finding.readAt())) {
        return false;
      }
      known.get().reopen(kind, instant);
      return true;
    }
    if (!rottenObjects.isStored(id)) {
      return false;
    }
    rottenObjects.add(new RottenObject(id, finding.object().repositoryId(), kind, instant));
    return true;
  }

  private void tell(ScrubPass pass, List<Finding> fresh) {
    Map<Long, List<Finding>> byRepository = new LinkedHashMap<>();
    for (Finding each : fresh) {
      long repository = each.object().repositoryId();
      byRepository.computeIfAbsent(repository, id -> new ArrayList<>()).add(each);
    }
    byRepository.forEach((repository, found) -> tell(pass, repository, found));
    fresh.forEach(this::record);
  }

  private void record(Finding finding) {
    trail.recordSystem(
        "scrub",
        "object.rotten",
        "object:" + finding.object().name().hex(),
        Map.of(
            "kind", finding.rot().map(RotKind::name).orElse(""),
            "objectId", String.valueOf(finding.object().id())));
  }

  /** Once for each pass and repository, whatever else the pass finds there. */
  private void tell(ScrubPass pass, long repository, List<Finding> found) {
    // A pass goes through the objects by their numbers.
    long first = found.getFirst().object().id();
    if (rottenObjects.foundBefore(repository, first, pass.startedAt())) {
      return;
    }
    tellOwner(repository, found.size());
  }

  private void tellOwner(long repository, int count) {
    long employee = rottenObjects.employeeOf(repository);
    outbox.tell(employee, NoticeKind.OBJECT_ROTTEN, Map.of("objects", String.valueOf(count)));
  }
}
