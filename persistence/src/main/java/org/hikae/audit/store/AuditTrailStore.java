package org.hikae.audit.store;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.TypedQuery;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.hikae.audit.entity.AuditEvent;
import org.hikae.audit.entity.AuditLink;
import org.hikae.audit.entity.AuditPersonal;
import org.hikae.audit.entity.ChainedEvent;
import org.hikae.audit.entity.UnlinkedAuditEvent;
import org.hikae.audit.value.AuditContent;
import org.hikae.audit.value.AuditFilter;
import org.hikae.audit.value.AuditKeyset;
import org.hikae.audit.value.AuditSelection;
import org.hikae.audit.wire.AuditRecord;
import org.hikae.schema.store.EntityStore;
import org.jspecify.annotations.Nullable;

/** Writes events and reads them; the chain is {@link AuditChainStore}. */
@ApplicationScoped
public class AuditTrailStore extends EntityStore {

  private static final String SELECT =
      "select new org.hikae.audit.entity.ChainedEvent(e, l, p, b.hash) from ";
  private static final String AROUND =
      " left join AuditPersonal p on p.eventId = e.eventId"
          + " left join AuditLink b on b.seq = l.seq - 1";

  /** For the container. */
  public AuditTrailStore() {}

  /** For tests without a container. */
  public AuditTrailStore(EntityManager entityManager) {
    super(entityManager);
  }

  /**
   * Names in an event.
   *
   * @param salt random, 32 bytes in hexadecimal
   * @param content a JSON object as text
   */
  public record Names(String salt, String content) {}

  /** Writes an event into the running transaction, without waiting for any other. */
  public AuditEvent add(Instant at, AuditContent content, @Nullable Names names) {
    String hash =
        names == null
            ? AuditRecord.NOBODY
            : AuditRecord.personalHash(names.salt(), names.content());
    AuditEvent event = new AuditEvent(at, content, hash);
    em().persist(event);
    if (names != null) {
      em().persist(new AuditPersonal(event.eventId(), names.salt(), names.content()));
    }
    em().persist(new UnlinkedAuditEvent(event));
    return event;
  }

  /** Events that the filter finds, newest first, after {@code place}, at most {@code limit}. */
  public List<ChainedEvent> newest(AuditFilter filter, @Nullable AuditKeyset place, int limit) {
    Conditions conditions = conditions(filter);
    if (place != null) {
      // The first half lets the index find the beginning, the second decides.
      conditions.all().add("e.happenedAt <= :at");
      conditions.all().add("(e.happenedAt < :at or e.eventId < :id)");
      conditions.parameters().put("at", place.at());
      conditions.parameters().put("id", place.eventId());
    }
    TypedQuery<ChainedEvent> query =
        em().createQuery(
                SELECT
                    + "AuditEvent e left join AuditLink l on l.eventId = e.eventId"
                    + AROUND
                    + conditions.where()
                    + " order by e.happenedAt desc, e.eventId desc",
                ChainedEvent.class);
    conditions.parameters().forEach(query::setParameter);
    return query.setMaxResults(Math.min(limit, MAX_PAGE)).getResultList();
  }

  /** First and last place of the events that the filter finds; empty when there are none. */
  public Optional<Range> range(AuditFilter filter) {
    Conditions conditions = conditions(filter);
    TypedQuery<Range> query =
        em().createQuery(
                "select new org.hikae.audit.store.AuditTrailStore$Range(coalesce(min(l.seq), 0L),"
                    + " coalesce(max(l.seq), 0L))"
                    + " from AuditEvent e join AuditLink l on l.eventId = e.eventId"
                    + conditions.where(),
                Range.class);
    conditions.parameters().forEach(query::setParameter);
    return Optional.of(query.getSingleResult()).filter(range -> range.first() > 0);
  }

  /** Whether the filter finds more than so many events that have their place. */
  public boolean isMoreThan(int events, AuditFilter filter) {
    Conditions conditions = conditions(filter);
    TypedQuery<Long> query =
        em().createQuery(
                "select l.seq from AuditEvent e join AuditLink l on l.eventId = e.eventId"
                    + conditions.where()
                    + " order by l.seq",
                Long.class);
    conditions.parameters().forEach(query::setParameter);
    return !query.setFirstResult(events).setMaxResults(1).getResultList().isEmpty();
  }

  /**
   * Places in the chain.
   *
   * @param first the lowest; 0 for none
   * @param last the highest; 0 for none
   */
  public record Range(long first, long last) {}

  /**
   * Events that the filter finds, in the order of the chain, after {@code seq} up to {@code last}.
   */
  public List<ChainedEvent> chained(AuditFilter filter, long seq, long last, int limit) {
    Conditions conditions = conditions(filter);
    conditions.all().add("l.seq > :seq and l.seq <= :last");
    conditions.parameters().put("seq", seq);
    conditions.parameters().put("last", last);
    TypedQuery<ChainedEvent> query =
        em().createQuery(
                SELECT
                    + "AuditLink l join AuditEvent e on e.eventId = l.eventId"
                    + AROUND
                    + conditions.where()
                    + " order by l.seq",
                ChainedEvent.class);
    conditions.parameters().forEach(query::setParameter);
    List<ChainedEvent> page = query.setMaxResults(Math.min(limit, MAX_PAGE)).getResultList();
    em().clear();
    return page;
  }

  /** Hash of the place before {@code seq}; nothing when it is missing. */
  public Optional<String> hashAt(long seq) {
    return seq == 0
        ? Optional.of(AuditRecord.BEGINNING)
        : Optional.ofNullable(em().find(AuditLink.class, seq)).map(AuditLink::hash);
  }

  /** Erases what this person was called, in at most {@code limit} events; returns how many. */
  public int eraseNames(String issuer, String subject, int limit) {
    List<Long> ids =
        em().createQuery(
                "select p.eventId from AuditPersonal p join AuditEvent e on e.eventId = p.eventId"
                    + " where e.actorIssuer = :issuer and e.actorSubject = :subject",
                Long.class)
            .setParameter("issuer", issuer)
            .setParameter("subject", subject)
            .setMaxResults(Math.min(limit, MAX_PAGE))
            .getResultList();
    return ids.isEmpty()
        ? 0
        : em().createQuery("delete from AuditPersonal p where p.eventId in :ids")
            .setParameter("ids", ids)
            .executeUpdate();
  }

  /** Conditions on the event {@code e} and their parameters. */
  private record Conditions(List<String> all, Map<String, Object> parameters) {

    void add(String condition, String name, @Nullable Object value) {
      if (value != null) {
        all.add(condition);
        parameters.put(name, value);
      }
    }

    void addAny(String path, String name, Set<?> values) {
      if (!values.isEmpty()) {
        all.add(path + " in :" + name);
        parameters.put(name, values);
      }
    }

    String where() {
      return all.isEmpty() ? "" : " where " + String.join(" and ", all);
    }
  }

  private static Conditions conditions(AuditFilter filter) {
    Conditions conditions = new Conditions(new ArrayList<>(), new HashMap<>());
    conditions.add("e.happenedAt >= :from", "from", filter.from());
    conditions.add("e.happenedAt < :until", "until", filter.until());
    conditions.add("e.actorSubject = :actor", "actor", filter.actor());
    conditions.add("e.employeeId = :employee", "employee", filter.employeeId());
    conditions.add("e.action = :action", "action", filter.action());
    conditions.add("e.object = :object", "object", filter.object());
    if (!filter.scope().wholeCompany()) {
      conditions.all().add(filter.scope().condition("e.employeeId"));
      conditions.parameters().putAll(filter.scope().parameters());
    }
    for (int i = 0; i < filter.terms().size(); i++) {
      term(conditions, filter.terms().get(i), Integer.toString(i));
    }
    return conditions;
  }

  private static void term(Conditions conditions, AuditSelection term, String number) {
    Conditions either = new Conditions(new ArrayList<>(), conditions.parameters());
    either.addAny("e.actorSubject", "actors" + number, term.actors());
    either.addAny("e.employeeId", "employees" + number, term.employeeIds());
    either.addAny("e.action", "actions" + number, term.actions());
    either.addAny("e.object", "objects" + number, term.objects());
    conditions
        .all()
        .add(either.all().isEmpty() ? "1 = 0" : "(" + String.join(" or ", either.all()) + ")");
  }
}
