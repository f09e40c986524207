package org.hikae.insight.faces;

import jakarta.annotation.PostConstruct;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.hikae.audit.boundary.AuditLog;
import org.hikae.audit.boundary.AuditPage;
import org.hikae.audit.boundary.AuditQuery;
import org.hikae.audit.boundary.AuditRow;
import org.hikae.audit.boundary.AuditVerdict;
import org.hikae.insight.boundary.CoverageInsight;
import org.jspecify.annotations.Nullable;

/** What happened, newest first. Older events are added by keyset, so the page never skips one. */
@Named
@ViewScoped
public class AuditTrailPage implements Serializable {

  private static final int PAGE = 50;

  /** Most events that one view holds. */
  private static final int MAX_EVENTS = 1000;

  @Inject private AuditLog log;
  @Inject private CoverageInsight people;

  private transient List<Event> events = new ArrayList<>();
  private @Nullable String next;
  private transient @Nullable AuditVerdict verdict;

  /**
   * An event with its actor's name.
   *
   * @param row the event
   * @param at when
   * @param actor name now, or {@code sub}, or the part of the portal
   * @param person whether a person acted
   */
  public record Event(AuditRow row, Instant at, String actor, boolean person) {}

  /** Reads the newest events. */
  @PostConstruct
  public void load() {
    events = new ArrayList<>();
    append(null);
  }

  /** Adds older ones. */
  public void older() {
    append(next);
  }

  /** Checks the whole trail, part by part. */
  public void verify() {
    AuditVerdict part = log.verify(0);
    while (part.intact() && !part.complete()) {
      part = log.verify(part.events());
    }
    verdict = part;
  }

  /** Events read so far. */
  public List<Event> getEvents() {
    return events;
  }

  /** Whether there are older ones that this view may still hold. */
  public boolean isMore() {
    return next != null && events.size() < MAX_EVENTS;
  }

  /** What the last check found, if there was one. */
  public @Nullable AuditVerdict getVerdict() {
    return verdict;
  }

  private void append(@Nullable String cursor) {
    AuditPage page = log.page(AuditQuery.ALL, cursor, PAGE);
    Map<String, String> names =
        people.names(
            page.events().stream().map(AuditRow::actorSubject).collect(Collectors.toSet()));
    for (AuditRow row : page.events()) {
      boolean person = !row.actorIssuer().equals("system");
      events.add(
          new Event(
              row,
              Instant.parse(row.at()),
              names.getOrDefault(row.actorSubject(), row.actorSubject()),
              person));
    }
    next = page.next();
  }
}
