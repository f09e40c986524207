package org.hikae.notice.boundary;

import jakarta.annotation.security.PermitAll;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonObjectBuilder;
import java.time.Clock;
import java.util.Map;
import java.util.TreeMap;
import org.hikae.notice.entity.Notice;
import org.hikae.notice.entity.Notices;
import org.jspecify.annotations.Nullable;

/**
 * Puts notices into the outbox, in the transaction that causes them. Delivery is a later step that
 * reads the outbox.
 */
@Stateless
@PermitAll
@TransactionAttribute(TransactionAttributeType.MANDATORY)
public class Outbox {

  @Inject private Notices notices;
  @Inject private Clock clock;

  /**
   * Tells an employee.
   *
   * @param kind what happened, such as {@code device.enrolled}
   * @param detail facts; never a secret
   */
  public void tell(long employeeId, String kind, Map<String, String> detail) {
    add(employeeId, kind, detail);
  }

  /** Tells the administrators; parameters as in {@link #tell}. */
  public void tellAdministrators(String kind, Map<String, String> detail) {
    add(null, kind, detail);
  }

  private void add(@Nullable Long employeeId, String kind, Map<String, String> detail) {
    JsonObjectBuilder json = Json.createObjectBuilder();
    new TreeMap<>(detail).forEach(json::add);
    notices.add(new Notice(clock.instant(), employeeId, kind, json.build().toString()));
  }
}
