package org.hikae.notice.entity;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.hikae.schema.entity.Repository;

/** The outbox. */
@ApplicationScoped
public class Notices extends Repository {

  /** Puts a notice into the outbox. */
  public void add(Notice notice) {
    em().persist(notice);
  }

  /** The newest notices of one employee, at most {@code limit}. */
  public List<Notice> newestOf(long employeeId, int limit) {
    return em().createQuery(
            "select n from Notice n where n.employeeId = :employee order by n.noticeId desc",
            Notice.class)
        .setParameter("employee", employeeId)
        .setMaxResults(Math.min(limit, MAX_PAGE))
        .getResultList();
  }
}
