package org.hikae.it.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hikae.problem.wire.ProblemCode.ANOTHER_PERSON;
import static org.hikae.problem.wire.ProblemCode.CONFLICT;
import static org.hikae.problem.wire.ProblemCode.EDITED_MEANWHILE;
import static org.hikae.problem.wire.ProblemCode.FORBIDDEN;
import static org.hikae.problem.wire.ProblemCode.MALFORMED;
import static org.hikae.problem.wire.ProblemCode.NOT_FOUND;

import jakarta.annotation.Resource;
import jakarta.inject.Inject;
import jakarta.transaction.UserTransaction;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.hikae.approval.boundary.ApprovalDesk;
import org.hikae.approval.view.ApprovalView;
import org.hikae.approval.view.Approve;
import org.hikae.identity.wire.Realm;
import org.hikae.insight.boundary.OwnNotices;
import org.hikae.it.container.fixture.As;
import org.hikae.it.container.fixture.Onboarding;
import org.hikae.it.container.fixture.PlainListener;
import org.hikae.it.container.fixture.Refused;
import org.hikae.it.container.fixture.ShippedEar;
import org.hikae.it.container.fixture.Soon;
import org.hikae.notice.boundary.ChannelTrial;
import org.hikae.notice.boundary.NoticeDesk;
import org.hikae.notice.boundary.RecipientDesk;
import org.hikae.notice.control.NoticeTexts;
import org.hikae.notice.job.DeliveryQueue;
import org.hikae.notice.job.NoticeAddressing;
import org.hikae.notice.service.Outbox;
import org.hikae.notice.view.ChannelTest;
import org.hikae.notice.view.NoticeQuery;
import org.hikae.notice.view.NoticeView;
import org.hikae.notice.view.PutRecipient;
import org.hikae.notice.view.RecipientPut;
import org.hikae.notice.view.RecipientView;
import org.hikae.notice.wire.NoticeKind;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.as.arquillian.api.ServerSetup;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Who hears of what, who may say so, and that a message is claimed by one only. The webhook of
 * these servers leads to nobody. Time budget: 30 seconds on each database beside the server's
 * start.
 */
@ExtendWith(ArquillianExtension.class)
@ServerSetup(PlainListener.class)
class NoticeContainerIT {

  private static final As ADMIN = As.portal("notice-admin", Realm.EMPLOYEE, Realm.BACKUP_ADMIN);
  private static final As AUDITOR = As.portal("notice-auditor", Realm.EMPLOYEE, Realm.AUDITOR);
  private static final NoticeQuery ALL = new NoticeQuery(null, false, null, null);

  @Inject private Outbox outbox;
  @Inject private NoticeAddressing addressing;
  @Inject private DeliveryQueue queue;
  @Inject private NoticeDesk desk;
  @Inject private RecipientDesk recipients;
  @Inject private ApprovalDesk approvals;
  @Inject private ChannelTrial trial;
  @Inject private OwnNotices ownNotices;
  @Inject private Onboarding onboarding;

  @Resource(lookup = "java:jboss/UserTransaction")
  private UserTransaction transaction;

  @Deployment
  static EnterpriseArchive ear() {
    return ShippedEar.withTests();
  }

  private static PutRecipient webhook(String name, List<String> kinds) {
    return new PutRecipient(
        name,
        "ROLE",
        Realm.BACKUP_ADMIN,
        "WEBHOOK",
        List.of(),
        "en",
        kinds,
        "UTC",
        null,
        null,
        null,
        null);
  }

  private void tell(Runnable what) throws Exception {
    transaction.begin();
    what.run();
    transaction.commit();
  }

  private NoticeView newest(NoticeKind kind) throws Exception {
    NoticeQuery query = new NoticeQuery(null, false, null, kind.code());
    return AUDITOR.call(() -> desk.page(query, 1)).notices().getFirst();
  }

  @Test
  void what_has_one_cause_is_told_once_and_what_is_rolled_back_never() throws Exception {
    NoticeKind kind = NoticeKind.HOUSEKEEPING_FAILED;
    tell(() -> outbox.tellOnce("cause 1", null, kind, Map.of("repositories", "1")));
    tell(() -> outbox.tellOnce("cause 1", null, kind, Map.of("repositories", "2")));
    assertThat(newest(kind).detail()).containsEntry("repositories", "1");
    transaction.begin();
    outbox.tellOnce("cause 2", null, kind, Map.of("repositories", "3"));
    transaction.rollback();
    assertThat(newest(kind).detail()).containsEntry("repositories", "1");
    tell(() -> outbox.tellOnce("cause 2", null, kind, Map.of("repositories", "4")));
    assertThat(newest(kind).detail()).containsEntry("repositories", "4");
    assertThat(newest(kind).parts("en"))
        .extracting(NoticeTexts.Part::text)
        .startsWith(
            "", "4", " repositories could not be handled in the nightly work. The log names them.");
  }

  @Test
  void a_message_waits_for_a_webhook_that_is_down_and_administrators_send_it_again()
      throws Exception {
    NoticeKind kind = NoticeKind.CAMPAIGN_HALTED;
    RecipientView hook =
        ADMIN.call(() -> recipients.create(webhook("notice-down", List.of(kind.code()))));
    tell(() -> outbox.tellAdmins(kind, Map.of("campaign", "77")));
    Soon.until(() -> newest(kind).deliveries().stream().anyMatch(one -> one.trouble() != null));
    NoticeView waiting = newest(kind);
    NoticeView.Delivery message = waiting.deliveries().getFirst();
    assertThat(message.channel()).isEqualTo("WEBHOOK");
    assertThat(message.state()).isEqualTo("WAITING");
    assertThat(message.trouble()).isEqualTo("UNREACHABLE");
    assertThat(waiting.deliveries()).hasSize(1);
    assertThat(AUDITOR.call(desk::channels))
        .anyMatch(one -> one.channel().equals("WEBHOOK") && one.configured() && one.troubled() > 0)
        .anyMatch(one -> one.channel().equals("MAIL") && !one.configured());
    NoticeView again = ADMIN.call(() -> desk.retry(waiting.noticeId()));
    assertThat(again.deliveries().getFirst().attempts()).isZero();
    Refused.with(NOT_FOUND, ADMIN, () -> desk.retry(999_999_999));
    assertThat(ADMIN.call(() -> trial.run(new ChannelTest("WEBHOOK"), "en")).trouble())
        .isEqualTo("UNREACHABLE");
    removed(hook);
    assertThat(newest(kind).deliveries()).as("what waits goes with its recipient").isEmpty();
    Refused.with(CONFLICT, ADMIN, () -> desk.retry(waiting.noticeId()));
  }

  @Test
  void of_several_who_claim_at_once_one_gets_each_message() throws Exception {
    NoticeKind kind = NoticeKind.APPROVAL_REJECTED;
    RecipientView hook =
        ADMIN.call(() -> recipients.create(webhook("notice-claims", List.of(kind.code()))));
    // What other tests have told a moment ago is not in front of it.
    Soon.until(() -> addressing.step() == 0);
    tell(
        () -> {
          for (int i = 0; i < 40; i++) {
            outbox.tellAdmins(kind, Map.of());
          }
        });
    List<Future<List<Long>>> claims = new ArrayList<>();
    try (ExecutorService pool = Executors.newFixedThreadPool(4)) {
      for (int i = 0; i < 4; i++) {
        String holder = "holder-" + i;
        claims.add(
            pool.submit(
                () -> {
                  addressing.step();
                  return queue.claim(holder).stream()
                      .map(DeliveryQueue.Claimed::deliveryId)
                      .toList();
                }));
      }
    }
    Set<Long> all = new HashSet<>();
    boolean disjoint = true;
    for (int i = 0; i < claims.size(); i++) {
      List<Long> mine = claims.get(i).get();
      disjoint &= Collections.disjoint(all, mine);
      all.addAll(mine);
      queue.sent("somebody else", mine);
      queue.giveBack("holder-" + i, mine);
    }
    assertThat(disjoint).isTrue();
    assertThat(newest(kind).deliveries()).hasSize(1).noneMatch(one -> one.state().equals("SENT"));
    // What is not critical is taken away by one.
    assertThat(ADMIN.call(() -> recipients.remove(hook.recipientId(), hook.edition())))
        .isInstanceOf(RecipientPut.Made.class);
  }

  @Test
  void who_was_first_to_acknowledge_stays_and_only_open_ones_are_listed() throws Exception {
    NoticeKind kind = NoticeKind.MASS_LEAVE_DISMISSED;
    tell(() -> outbox.tellAdmins(kind, Map.of("leavers", "12")));
    NoticeView told = newest(kind);
    NoticeQuery open = new NoticeQuery(null, true, "INFO", kind.code());
    assertThat(AUDITOR.call(() -> desk.page(open, 5)).notices()).contains(told);
    assertThat(ADMIN.call(() -> desk.acknowledge(told.noticeId())).acknowledgedBy())
        .isEqualTo(ADMIN.subject());
    assertThat(Onboarding.ADMIN.call(() -> desk.acknowledge(told.noticeId())).acknowledgedBy())
        .isEqualTo(ADMIN.subject());
    assertThat(AUDITOR.call(() -> desk.page(open, 5)).notices())
        .noneMatch(notice -> notice.noticeId() == told.noticeId());
    Refused.with(NOT_FOUND, ADMIN, () -> desk.acknowledge(999_999_999));
    Refused.with(MALFORMED, ADMIN, () -> desk.page(ALL, 0));
    Refused.with(
        MALFORMED, ADMIN, () -> desk.page(new NoticeQuery(null, false, null, "no.kind"), 1));
  }

  @Test
  void recipients_are_edited_by_who_saw_them() throws Exception {
    PutRecipient wanted = webhook("notice-edits", List.of());
    RecipientView made = ADMIN.call(() -> recipients.create(wanted));
    assertThat(AUDITOR.call(recipients::list)).contains(made);
    Refused.with(CONFLICT, ADMIN, () -> recipients.create(wanted));
    RecipientView edited =
        made(ADMIN.call(() -> recipients.edit(made.recipientId(), made.edition(), wanted)));
    assertThat(edited.edition()).isEqualTo(made.edition() + 1);
    Refused.with(
        EDITED_MEANWHILE, ADMIN, () -> recipients.edit(made.recipientId(), made.edition(), wanted));
    Refused.with(MALFORMED, ADMIN, () -> recipients.remove(made.recipientId(), null));
    removed(edited);
    Refused.with(NOT_FOUND, ADMIN, () -> recipients.remove(made.recipientId(), 1L));
  }

  @Test
  void one_administrator_alone_silences_nothing_critical() throws Exception {
    PutRecipient critical = webhook("notice-guard", List.of(NoticeKind.OBJECT_ROTTEN.code()));
    RecipientView guard = ADMIN.call(() -> recipients.create(critical));
    PutRecipient muted = muted(critical, "2126-01-01T00:00:00Z");
    ApprovalView asked = waits(ADMIN.call(() -> recipients.edit(id(guard), 1L, muted)));
    ApprovalView gone = waits(ADMIN.call(() -> recipients.remove(id(guard), 1L)));
    assertThat(ADMIN.call(recipients::list)).as("nothing has changed").contains(guard);
    assertThat(asked.change()).contains("2126-01-01", "notice-guard");
    assertThat(waits(ADMIN.call(() -> recipients.edit(id(guard), 1L, muted))).requestId())
        .isEqualTo(asked.requestId());
    Refused.with(ANOTHER_PERSON, ADMIN, () -> approve(asked));
    Onboarding.ADMIN.run(() -> approve(asked));
    RecipientView now =
        ADMIN.call(recipients::list).stream()
            .filter(one -> one.recipientId() == id(guard))
            .findFirst()
            .orElseThrow();
    assertThat(now.recipient()).isEqualTo(muted);
    assertThat(now.edition()).isEqualTo(2);
    Refused.with(CONFLICT, Onboarding.ADMIN, () -> approve(gone));
    ADMIN.run(() -> approvals.withdraw(gone.requestId()));
    // Unmuting and hearing more is done by one.
    RecipientView heard =
        made(ADMIN.call(() -> recipients.edit(id(guard), 2L, webhook("notice-guard", List.of()))));
    removed(heard);
    assertThat(ADMIN.call(recipients::list)).noneMatch(one -> one.recipientId() == id(guard));
  }

  private static long id(RecipientView recipient) {
    return recipient.recipientId();
  }

  private static RecipientView made(RecipientPut put) {
    assertThat(put).isInstanceOf(RecipientPut.Made.class);
    return ((RecipientPut.Made) put).recipient();
  }

  private static ApprovalView waits(RecipientPut put) {
    assertThat(put).isInstanceOf(RecipientPut.Waits.class);
    return (ApprovalView) ((RecipientPut.Waits) put).approval();
  }

  private void approve(ApprovalView asked) {
    var _ = approvals.approve(asked.requestId(), new Approve(asked.changeHash()));
  }

  /** Removes a recipient of what is critical, which takes two. */
  private void removed(RecipientView recipient) throws Exception {
    ApprovalView asked =
        waits(ADMIN.call(() -> recipients.remove(id(recipient), recipient.edition())));
    Onboarding.ADMIN.run(() -> approve(asked));
  }

  private static PutRecipient muted(PutRecipient of, String until) {
    return new PutRecipient(
        of.name(),
        of.audience(),
        of.audienceName(),
        of.channel(),
        of.addresses(),
        of.language(),
        of.kinds(),
        of.timeZone(),
        of.quietFrom(),
        of.quietUntil(),
        of.digestAt(),
        until);
  }

  @Test
  void what_cannot_be_meant_is_refused() throws Exception {
    for (PutRecipient wrong :
        List.of(
            with("", "ROLE", Realm.AUDITOR, "WEBHOOK", List.of(), "UTC", null),
            with("n", "ROLE", "king", "WEBHOOK", List.of(), "UTC", null),
            with("n", "GROUP", "Sales", "WEBHOOK", List.of(), "UTC", null),
            with("n", "EMPLOYEE", "x", "MAIL", List.of(), "UTC", null),
            with("n", "EMPLOYEE", null, "MAIL", List.of("a@b.example"), "UTC", null),
            with("n", "ROLE", Realm.AUDITOR, "MAIL", List.of(), "UTC", null),
            with("n", "ROLE", Realm.AUDITOR, "MAIL", List.of("a@b, c@d"), "UTC", null),
            with("n", "ROLE", Realm.AUDITOR, "PIGEON", List.of(), "UTC", null),
            with("n", "ROLE", Realm.AUDITOR, "WEBHOOK", List.of(), "+09:00", null),
            with("n", "ROLE", Realm.AUDITOR, "WEBHOOK", List.of(), "UTC", "22:00"),
            with("n", "ROLE", Realm.AUDITOR, "WEBHOOK", List.of(), "UTC", "25:00"))) {
      Refused.with(MALFORMED, ADMIN, () -> recipients.create(wrong));
    }
  }

  private static PutRecipient with(
      String name,
      String audience,
      @Nullable String of,
      String channel,
      List<String> addresses,
      String zone,
      @Nullable String quietFrom) {
    return new PutRecipient(
        name, audience, of, channel, addresses, "en", List.of(), zone, quietFrom, null, null, null);
  }

  @Test
  void employees_see_what_they_were_told_and_nobody_elses() throws Exception {
    Onboarding.Enrolled who = onboarding.enrolled("emp-told");
    Onboarding.Enrolled other = onboarding.enrolled("emp-not-told");
    assertThat(who.pages().call(ownNotices::newest))
        .singleElement()
        .satisfies(
            notice -> {
              assertThat(notice.kind()).isEqualTo(NoticeKind.DEVICE_ENROLLED.code());
              assertThat(notice.detail()).containsEntry("deviceId", who.laptop().id());
              assertThat(notice.deliveries()).isEmpty();
            });
    assertThat(other.pages().call(ownNotices::newest))
        .noneMatch(notice -> notice.detail().containsValue(who.laptop().id()));
    assertThat(As.portal("emp-unknown-here", Realm.EMPLOYEE).call(ownNotices::newest)).isEmpty();
    Refused.byRole(As.portal("no-employee", Realm.AUDITOR), ownNotices::newest);
    Refused.with(FORBIDDEN, who.agent(), ownNotices::newest);
  }

  @Test
  void administrators_act_auditors_see_and_nobody_else() throws Exception {
    for (As other :
        List.of(
            As.portal("notice-helper", Realm.EMPLOYEE, Realm.HELPDESK),
            As.portal("notice-employee", Realm.EMPLOYEE),
            As.agent("notice-agent"))) {
      Refused.byRole(other, () -> desk.page(ALL, 1));
      Refused.byRole(other, desk::channels);
      Refused.byRole(other, recipients::list);
    }
    Refused.byRole(AUDITOR, () -> desk.acknowledge(1));
    Refused.byRole(AUDITOR, () -> desk.retry(1));
    Refused.byRole(AUDITOR, () -> recipients.create(webhook("notice-x", List.of())));
    Refused.byRole(AUDITOR, () -> recipients.edit(1, 1L, webhook("notice-x", List.of())));
    Refused.byRole(AUDITOR, () -> recipients.remove(1, 1L));
    Refused.byRole(AUDITOR, () -> trial.run(new ChannelTest("WEBHOOK"), "en"));
  }
}
