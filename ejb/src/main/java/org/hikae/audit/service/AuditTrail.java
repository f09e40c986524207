package org.hikae.audit.service;

import jakarta.annotation.security.PermitAll;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonObjectBuilder;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import org.hikae.audit.store.AuditTrailStore;
import org.hikae.audit.store.AuditTrailStore.Names;
import org.hikae.audit.value.AuditContent;
import org.hikae.caller.service.CurrentCaller;
import org.hikae.caller.view.Caller;
import org.jspecify.annotations.Nullable;

/**
 * Writes the trail, in the transaction of what it records: both happen or neither. Waits for
 * nobody; the event's place in the chain follows within seconds ({@link AuditChain}).
 */
@Stateless
@PermitAll
@TransactionAttribute(TransactionAttributeType.MANDATORY)
public class AuditTrail {

  private static final int SALT_BYTES = 32;
  private static final String EMPLOYEE = "employee:";

  @Inject private AuditTrailStore trailStore;
  @Inject private CurrentCaller currentCaller;
  @Inject private Clock clock;
  @Inject private SecureRandom random;

  /**
   * Records what the caller did.
   *
   * @param action such as {@code device.revoke}
   * @param object such as {@code device:4f1e…}; of {@code employee:7} the employee is whom it
   *     concerns
   * @param detail further facts; never a secret, never a file name, never a person's name
   */
  public void record(String action, String object, Map<String, String> detail) {
    recordAbout(employeeIn(object), action, object, detail);
  }

  /** Records what the caller did to something of an employee. */
  public void recordAbout(
      @Nullable Long employeeId, String action, String object, Map<String, String> detail) {
    Caller caller = currentCaller.caller();
    trailStore.add(
        clock.instant(),
        new AuditContent(
            caller.issuer(), caller.subject(), action, object, json(detail), employeeId),
        names(caller));
  }

  /** Records what a part of the portal did by itself, such as {@code directory}. */
  public void recordSystem(String part, String action, String object, Map<String, String> detail) {
    recordSystemAbout(employeeIn(object), part, action, object, detail);
  }

  /** Records what a part of the portal did by itself to something of an employee. */
  public void recordSystemAbout(
      @Nullable Long employeeId,
      String part,
      String action,
      String object,
      Map<String, String> detail) {
    trailStore.add(
        clock.instant(),
        new AuditContent(AuditContent.SYSTEM, part, action, object, json(detail), employeeId),
        null);
  }

  private static @Nullable Long employeeIn(String object) {
    String id = object.startsWith(EMPLOYEE) ? object.substring(EMPLOYEE.length()) : "";
    return id.matches("[0-9]{1,18}") ? Long.valueOf(id) : null;
  }

  private Names names(Caller caller) {
    byte[] salt = new byte[SALT_BYTES];
    random.nextBytes(salt);
    return new Names(
        HexFormat.of().formatHex(salt),
        json(
            Map.of(
                "username", caller.names().username(),
                "displayName", caller.names().displayName())));
  }

  private static String json(Map<String, String> facts) {
    JsonObjectBuilder json = Json.createObjectBuilder();
    new TreeMap<>(facts).forEach(json::add);
    return json.build().toString();
  }
}
