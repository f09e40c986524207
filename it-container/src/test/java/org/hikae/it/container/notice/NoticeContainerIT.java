package org.hikae.it.container.notice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hikae.notice.value.NoticeChannel.MAIL;
import static org.hikae.notice.value.NoticeChannel.WEBHOOK;
import static org.hikae.notice.value.RecipientAudience.EMPLOYEE;
import static org.hikae.notice.value.RecipientAudience.GROUP;
import static org.hikae.notice.value.RecipientAudience.ROLE;
import static org.hikae.problem.wire.ProblemCode.ANOTHER_PERSON;
import static org.hikae.problem.wire.ProblemCode.CONFLICT;
import static org.hikae.problem.wire.ProblemCode.EDITED_MEANWHILE;
import static org.hikae.problem.wire.ProblemCode.FORBIDDEN;
import static org.hikae.problem.wire.ProblemCode.MALFORMED;
import static org.hikae.problem.wire.ProblemCode.NOT_FOUND;

import jakarta.annotation.Resource;
import jakarta.inject.Inject;
import jakarta.transaction.UserTransaction;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.hikae.approval.boundary.ApprovalCommands;
import org.hikae.approval.value.ApprovalRequestId;
import org.hikae.approval.view.ApprovalView;
import org.hikae.approval.view.Approve;
import org.hikae.identity.wire.RealmNames;
import org.hikae.insight.boundary.OwnNoticeQueries;
import org.hikae.it.container.fixture.ContainerAwait;
import org.hikae.it.container.fixture.EnrollmentFixture;
import org.hikae.it.container.fixture.ExpectedRefusal;
import org.hikae.it.container.fixture.PlainListener;
import org.hikae.it.container.fixture.ShippedEar;
import org.hikae.it.container.fixture.TestCaller;
import org.hikae.notice.boundary.ChannelTestCommands;
import org.hikae.notice.boundary.NoticeCommands;
import org.hikae.notice.boundary.NoticeReadingCommands;
import org.hikae.notice.boundary.RecipientCommands;
import org.hikae.notice.control.NoticeMessages;
import org.hikae.notice.job.DeliverySteps;
import org.hikae.notice.job.NoticeAddressingSteps;
import org.hikae.notice.service.Outbox;
import org.hikae.notice.value.DeliveryFailure;
import org.hikae.notice.value.DeliveryState;
import org.hikae.notice.value.NoticeChannel;
import org.hikae.notice.value.NoticeId;
import org.hikae.notice.value.RecipientAudience;
import org.hikae.notice.value.RecipientId;
import org.hikae.notice.view.NoticeCriteria;
import org.hikae.notice.view.NoticeView;
import org.hikae.notice.view.PutRecipient;
import org.hikae.notice.view.PutRecipientResult;
import org.hikae.notice.view.RecipientView;
import org.hikae.notice.view.TestChannel;
import org.hikae.notice.wire.NoticeKind;
import org.hikae.problem.control.PageRequest;
import org.hikae.testing.EveryThirdRun;
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
@EveryThirdRun
class NoticeContainerIT {

  private static final TestCaller ADMIN =
      TestCaller.portal("notice-admin", RealmNames.EMPLOYEE, RealmNames.BACKUP_ADMIN);
  private static final TestCaller AUDITOR =
      TestCaller.portal("notice-auditor", RealmNames.EMPLOYEE, RealmNames.AUDITOR);
  private static final NoticeCriteria ALL = new NoticeCriteria(null, false, null, null);

  @Inject private Outbox outbox;
  @Inject private NoticeAddressingSteps addressing;
  @Inject private DeliverySteps deliverySteps;
  @Inject private NoticeCommands noticeCommands;
  @Inject private NoticeReadingCommands readings;
  @Inject private RecipientCommands recipients;
  @Inject private ApprovalCommands approvals;
  @Inject private ChannelTestCommands channelTests;
  @Inject private OwnNoticeQueries ownNotices;
  @Inject private EnrollmentFixture enrollmentFixture;

  @Resource(lookup = "java:jboss/UserTransaction")
  private UserTransaction transaction;

  @Deployment
  static EnterpriseArchive ear() {
    return ShippedEar.withTests();
  }

  private static PutRecipient webhook(String name, List<String> kinds) {
    return new PutRecipient(
        name,
        ROLE,
        RealmNames.BACKUP_ADMIN,
        WEBHOOK,
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
    NoticeCriteria query = new NoticeCriteria(null, false, null, kind.code());
    return AUDITOR.call(() -> noticeCommands.page(query, new PageRequest(1))).notices().getFirst();
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
        .extracting(NoticeMessages.Part::text)
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
    ContainerAwait.until(
        () -> newest(kind).deliveries().stream().anyMatch(one -> one.trouble() != null));
    NoticeView waiting = newest(kind);
    NoticeView.Delivery message = waiting.deliveries().getFirst();
    assertThat(message.channel()).isEqualTo(NoticeChannel.WEBHOOK);
    assertThat(message.state()).isEqualTo(DeliveryState.WAITING);
    assertThat(message.trouble()).isEqualTo(DeliveryFailure.UNREACHABLE);
    assertThat(waiting.deliveries()).hasSize(1);
    assertThat(AUDITOR.call(noticeCommands::channels))
        .anyMatch(
            one -> one.channel() == NoticeChannel.WEBHOOK && one.configured() && one.troubled() > 0)
        .anyMatch(one -> one.channel() == NoticeChannel.MAIL && !one.configured());
    NoticeView again = ADMIN.call(() -> noticeCommands.retry(new NoticeId(waiting.noticeId())));
    assertThat(again.deliveries().getFirst().attempts()).isZero();
    ExpectedRefusal.with(NOT_FOUND, ADMIN, () -> noticeCommands.retry(new NoticeId(999_999_999)));
    assertThat(
            ADMIN
                .call(() -> channelTests.run(new TestChannel(NoticeChannel.WEBHOOK, null), "en"))
                .trouble())
        .isEqualTo(DeliveryFailure.UNREACHABLE);
    removed(hook);
    assertThat(newest(kind).deliveries()).as("what waits goes with its recipient").isEmpty();
    ExpectedRefusal.with(
        CONFLICT, ADMIN, () -> noticeCommands.retry(new NoticeId(waiting.noticeId())));
  }

  @Test
  void each_reader_is_told_how_many_notices_of_their_role_came_since_they_read() throws Exception {
    TestCaller other =
        TestCaller.portal("notice-admin-2", RealmNames.EMPLOYEE, RealmNames.BACKUP_ADMIN);
    for (TestCaller reader : List.of(ADMIN, AUDITOR, other)) {
      reader.run(readings::read);
      assertThat(reader.call(readings::unread)).isZero();
    }
    // Two of three concern administrators, and one of these is only good to know.
    tell(() -> outbox.tellAdmins(NoticeKind.CAMPAIGN_HALTED, Map.of("campaign", "78")));
    tell(() -> outbox.tellAdmins(NoticeKind.LEAVER_RETURNED, Map.of()));
    assertThat(ADMIN.call(readings::unread)).isEqualTo(1);
    assertThat(AUDITOR.call(readings::unread)).isZero();
    ADMIN.run(readings::read);
    assertThat(ADMIN.call(readings::unread)).isZero();
    assertThat(other.call(readings::unread)).as("read by another").isEqualTo(1);
    NoticeView told = newest(NoticeKind.CAMPAIGN_HALTED);
    ADMIN.run(() -> noticeCommands.acknowledge(new NoticeId(told.noticeId())));
    assertThat(other.call(readings::unread)).as("acknowledged").isZero();

    assertThat(ADMIN.call(readings::administrators)).isGreaterThanOrEqualTo(2);
    ExpectedRefusal.byRole(AUDITOR, readings::administrators);
    ExpectedRefusal.byRole(
        TestCaller.portal("notice-reader", RealmNames.EMPLOYEE, RealmNames.HELPDESK),
        readings::unread);
  }

  @Test
  void of_several_who_claim_at_once_one_gets_each_message() throws Exception {
    NoticeKind kind = NoticeKind.APPROVAL_REJECTED;
    RecipientView hook =
        ADMIN.call(() -> recipients.create(webhook("notice-claims", List.of(kind.code()))));
    // What other tests have told a moment ago is not in front of it.
    ContainerAwait.until(() -> addressing.step() == 0);
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
                  return deliverySteps.claim(holder).stream()
                      .map(DeliverySteps.ClaimedDelivery::deliveryId)
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
      deliverySteps.sent("somebody else", mine);
      deliverySteps.giveBack("holder-" + i, mine);
    }
    assertThat(disjoint).isTrue();
    assertThat(newest(kind).deliveries())
        .hasSize(1)
        .noneMatch(one -> one.state() == DeliveryState.SENT);
    // What is not critical is taken away by one.
    assertThat(
            ADMIN.call(
                () -> recipients.remove(new RecipientId(hook.recipientId()), hook.edition())))
        .isInstanceOf(PutRecipientResult.Made.class);
  }

  @Test
  void who_was_first_to_acknowledge_stays_and_only_open_ones_are_listed() throws Exception {
    NoticeKind kind = NoticeKind.MASS_LEAVE_DISMISSED;
    tell(() -> outbox.tellAdmins(kind, Map.of("leavers", "12")));
    NoticeView told = newest(kind);
    NoticeCriteria open = new NoticeCriteria(null, true, NoticeKind.Severity.INFO, kind.code());
    assertThat(AUDITOR.call(() -> noticeCommands.page(open, new PageRequest(5))).notices())
        .contains(told);
    assertThat(
            ADMIN
                .call(() -> noticeCommands.acknowledge(new NoticeId(told.noticeId())))
                .acknowledgedBy())
        .isEqualTo(ADMIN.subject());
    assertThat(
            EnrollmentFixture.ADMIN
                .call(() -> noticeCommands.acknowledge(new NoticeId(told.noticeId())))
                .acknowledgedBy())
        .isEqualTo(ADMIN.subject());
    assertThat(AUDITOR.call(() -> noticeCommands.page(open, new PageRequest(5))).notices())
        .noneMatch(notice -> notice.noticeId() == told.noticeId());
    ExpectedRefusal.with(
        NOT_FOUND, ADMIN, () -> noticeCommands.acknowledge(new NoticeId(999_999_999)));
    ExpectedRefusal.with(MALFORMED, ADMIN, () -> noticeCommands.page(ALL, new PageRequest(0)));
    ExpectedRefusal.with(
        MALFORMED,
        ADMIN,
        () ->
            noticeCommands.page(
                new NoticeCriteria(null, false, null, "no.kind"), new PageRequest(1)));
  }

  @Test
  void recipients_are_edited_by_who_saw_them() throws Exception {
    PutRecipient wanted = webhook("notice-edits", List.of());
    RecipientView made = ADMIN.call(() -> recipients.create(wanted));
    assertThat(AUDITOR.call(recipients::list)).contains(made);
    ExpectedRefusal.with(CONFLICT, ADMIN, () -> recipients.create(wanted));
    RecipientView edited =
        made(
            ADMIN.call(
                () ->
                    recipients.edit(new RecipientId(made.recipientId()), made.edition(), wanted)));
    assertThat(edited.edition()).isEqualTo(made.edition() + 1);
    ExpectedRefusal.with(
        EDITED_MEANWHILE,
        ADMIN,
        () -> recipients.edit(new RecipientId(made.recipientId()), made.edition(), wanted));
    ExpectedRefusal.with(
        MALFORMED, ADMIN, () -> recipients.remove(new RecipientId(made.recipientId()), null));
    removed(edited);
    ExpectedRefusal.with(
        NOT_FOUND, ADMIN, () -> recipients.remove(new RecipientId(made.recipientId()), 1L));
  }

  @Test
  void one_administrator_alone_silences_nothing_critical() throws Exception {
    PutRecipient critical = webhook("notice-guard", List.of(NoticeKind.OBJECT_ROTTEN.code()));
    RecipientView guard = ADMIN.call(() -> recipients.create(critical));
    PutRecipient muted = muted(critical, Instant.parse("2126-01-01T00:00:00Z"));
    ApprovalView asked =
        waits(ADMIN.call(() -> recipients.edit(new RecipientId(id(guard)), 1L, muted)));
    ApprovalView gone = waits(ADMIN.call(() -> recipients.remove(new RecipientId(id(guard)), 1L)));
    assertThat(ADMIN.call(recipients::list)).as("nothing has changed").contains(guard);
    assertThat(asked.change()).contains("2126-01-01", "notice-guard");
    assertThat(
            waits(ADMIN.call(() -> recipients.edit(new RecipientId(id(guard)), 1L, muted)))
                .requestId())
        .isEqualTo(asked.requestId());
    ExpectedRefusal.with(ANOTHER_PERSON, ADMIN, () -> approve(asked));
    EnrollmentFixture.ADMIN.run(() -> approve(asked));
    RecipientView now =
        ADMIN.call(recipients::list).stream()
            .filter(one -> one.recipientId() == id(guard))
            .findFirst()
            .orElseThrow();
    assertThat(now.recipient()).isEqualTo(muted);
    assertThat(now.edition()).isEqualTo(2);
    ExpectedRefusal.with(CONFLICT, EnrollmentFixture.ADMIN, () -> approve(gone));
    ADMIN.run(() -> approvals.withdraw(new ApprovalRequestId(gone.requestId())));
    // Unmuting and hearing more is done by one.
    RecipientView heard =
        made(
            ADMIN.call(
                () ->
                    recipients.edit(
                        new RecipientId(id(guard)), 2L, webhook("notice-guard", List.of()))));
    removed(heard);
    assertThat(ADMIN.call(recipients::list)).noneMatch(one -> one.recipientId() == id(guard));
  }

  private static long id(RecipientView recipient) {
    return recipient.recipientId();
  }

  private static RecipientView made(PutRecipientResult put) {
    assertThat(put).isInstanceOf(PutRecipientResult.Made.class);
    return ((PutRecipientResult.Made) put).recipient();
  }

  private static ApprovalView waits(PutRecipientResult put) {
    assertThat(put).isInstanceOf(PutRecipientResult.Waits.class);
    return (ApprovalView) ((PutRecipientResult.Waits) put).approval();
  }

  private void approve(ApprovalView asked) {
    var _ =
        approvals.approve(
            new ApprovalRequestId(asked.requestId()), new Approve(asked.changeHash()));
  }

  /** Removes a recipient of what is critical, which takes two. */
  private void removed(RecipientView recipient) throws Exception {
    ApprovalView asked =
        waits(
            ADMIN.call(
                () -> recipients.remove(new RecipientId(id(recipient)), recipient.edition())));
    EnrollmentFixture.ADMIN.run(() -> approve(asked));
  }

  private static PutRecipient muted(PutRecipient of, Instant until) {
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
            with("", ROLE, RealmNames.AUDITOR, WEBHOOK, List.of(), "UTC", null),
            with("n", ROLE, "king", WEBHOOK, List.of(), "UTC", null),
            with("n", GROUP, "Sales", WEBHOOK, List.of(), "UTC", null),
            with("n", EMPLOYEE, "x", MAIL, List.of(), "UTC", null),
            with("n", EMPLOYEE, null, MAIL, List.of("a@b.example"), "UTC", null),
            with("n", ROLE, RealmNames.AUDITOR, MAIL, List.of(), "UTC", null),
            with("n", ROLE, RealmNames.AUDITOR, MAIL, List.of("a@b, c@d"), "UTC", null),
            with("n", ROLE, RealmNames.AUDITOR, WEBHOOK, List.of(), "+09:00", null),
            with("n", ROLE, RealmNames.AUDITOR, WEBHOOK, List.of(), "UTC", "22:00"),
            with("n", ROLE, RealmNames.AUDITOR, WEBHOOK, List.of(), "UTC", "25:00"))) {
      ExpectedRefusal.with(MALFORMED, ADMIN, () -> recipients.create(wrong));
    }
  }

  private static PutRecipient with(
      String name,
      RecipientAudience audience,
      @Nullable String of,
      NoticeChannel channel,
      List<String> addresses,
      String zone,
      @Nullable String quietFrom) {
    return new PutRecipient(
        name, audience, of, channel, addresses, "en", List.of(), zone, quietFrom, null, null, null);
  }

  @Test
  void employees_see_what_they_were_told_and_nobody_elses() throws Exception {
    EnrollmentFixture.Enrolled who = enrollmentFixture.enrolled("emp-told");
    EnrollmentFixture.Enrolled other = enrollmentFixture.enrolled("emp-not-told");
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
    assertThat(TestCaller.portal("emp-unknown-here", RealmNames.EMPLOYEE).call(ownNotices::newest))
        .isEmpty();
    ExpectedRefusal.byRole(
        TestCaller.portal("no-employee", RealmNames.AUDITOR), ownNotices::newest);
    ExpectedRefusal.with(FORBIDDEN, who.agent(), ownNotices::newest);
  }

  @Test
  void administrators_act_auditors_see_and_nobody_else() throws Exception {
    for (TestCaller other :
        List.of(
            TestCaller.portal("notice-helper", RealmNames.EMPLOYEE, RealmNames.HELPDESK),
            TestCaller.portal("notice-employee", RealmNames.EMPLOYEE),
            TestCaller.agent("notice-agent"))) {
      ExpectedRefusal.byRole(other, () -> noticeCommands.page(ALL, new PageRequest(1)));
      ExpectedRefusal.byRole(other, noticeCommands::channels);
      ExpectedRefusal.byRole(other, recipients::list);
    }
    ExpectedRefusal.byRole(AUDITOR, () -> noticeCommands.acknowledge(new NoticeId(1)));
    ExpectedRefusal.byRole(AUDITOR, () -> noticeCommands.retry(new NoticeId(1)));
    ExpectedRefusal.byRole(AUDITOR, () -> recipients.create(webhook("notice-x", List.of())));
    ExpectedRefusal.byRole(
        AUDITOR, () -> recipients.edit(new RecipientId(1), 1L, webhook("notice-x", List.of())));
    ExpectedRefusal.byRole(AUDITOR, () -> recipients.remove(new RecipientId(1), 1L));
    ExpectedRefusal.byRole(
        AUDITOR, () -> channelTests.run(new TestChannel(NoticeChannel.WEBHOOK, null), "en"));
  }
}
