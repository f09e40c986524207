package org.hikae.audit.boundary;

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
import org.hikae.audit.entity.AuditContent;
import org.hikae.audit.entity.AuditTrailRows;
import org.hikae.caller.boundary.Caller;
import org.hikae.caller.boundary.CurrentCaller;

/**
 * Writes the trail, in the transaction of what it records: both happen or neither. Call it last in
 * a use case, because the trail's end stays locked until the transaction ends.
 */
@Stateless
@PermitAll
@TransactionAttribute(TransactionAttributeType.MANDATORY)
public class AuditTrail {

  @Inject private AuditTrailRows rows;
  @Inject private CurrentCaller currentCaller;
  @Inject private Clock clock;

  /**
   * Records what the caller did.
   *
   * @param action such as {@code device.revoke}
   * @param object such as {@code device:4f1e…}
   * @param detail further facts; never a secret, never a file name
   */
  public void record(String action, String object, Map<String, String> detail) {
    Caller caller = currentCaller.caller();
    append(caller.issuer(), caller.subject(), action, object, detail);
  }

  /** Records what a part of the portal did by itself, such as {@code directory}. */
  public void recordSystem(String part, String action, String object, Map<String, String> detail) {
    append(AuditContent.SYSTEM, part, action, object, detail);
  }

  private void append(
      String issuer, String subject, String action, String object, Map<String, String> detail) {
    JsonObjectBuilder json = Json.createObjectBuilder();
    new TreeMap<>(detail).forEach(json::add);
    rows.append(
        clock.instant(),
        new AuditContent(issuer, subject, action, object, json.build().toString()));
  }
}
