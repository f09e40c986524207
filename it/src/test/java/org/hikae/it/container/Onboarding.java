package org.hikae.it.container;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import org.hikae.enrollment.boundary.DeviceEnrolment;
import org.hikae.enrollment.boundary.DeviceSessions;
import org.hikae.enrollment.boundary.OptingIn;
import org.hikae.enrollment.boundary.Wraps;
import org.hikae.enrollment.wire.NonceRequest;
import org.hikae.enrollment.wire.OptIn;
import org.hikae.identity.wire.Realm;
import org.hikae.rollout.boundary.OfferDesk;

/** Brings employees of the tests as far as a test needs them. */
@Dependent
class Onboarding {

  static final As ADMIN = As.portal("admin-1", Realm.EMPLOYEE, Realm.BACKUP_ADMIN);

  @Inject private DeviceEnrolment enrolment;
  @Inject private DeviceSessions sessions;
  @Inject private OptingIn optingIn;
  @Inject private Wraps wraps;
  @Inject private OfferDesk offers;

  /** An employee with one device and an open session. */
  record Enrolled(As agent, As pages, Laptop laptop, String session) {}

  /** Somebody of a department that is offered the backup. */
  Enrolled enrolled(String subject) throws Exception {
    ADMIN.run(() -> offers.offer("/offered"));
    As agent = As.agent(subject, "/offered/team");
    Laptop laptop = new Laptop();
    agent.run(() -> enrolment.enrol(laptop.enrolment(subject, "laptop of " + subject)));
    return new Enrolled(agent, As.portal(subject, Realm.EMPLOYEE), laptop, session(agent, laptop));
  }

  String session(As agent, Laptop laptop) throws Exception {
    return agent.call(
        () -> {
          String nonce = sessions.nonce(new NonceRequest(laptop.id())).nonce();
          return sessions.open(laptop.opening(nonce)).session();
        });
  }

  /** Opts in with one wrap and gives the set. */
  String optIn(Enrolled who) throws Exception {
    String setId = Laptop.newId();
    String wrapId = Laptop.newId();
    who.agent()
        .run(
            () -> {
              optingIn.optIn(who.session(), new OptIn(setId, 1, "ja"));
              wraps.put(who.session(), wrapId, Laptop.wrap(setId, wrapId));
              optingIn.complete(who.session());
            });
    return setId;
  }
}
