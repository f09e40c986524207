package org.hikae.it.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hikae.problem.wire.ProblemCode.CONFLICT;
import static org.hikae.problem.wire.ProblemCode.IDEMPOTENCY_ANSWER_NOT_KEPT;
import static org.hikae.problem.wire.ProblemCode.IDEMPOTENCY_IN_PROGRESS;
import static org.hikae.problem.wire.ProblemCode.IDEMPOTENCY_KEY_REUSED;

import jakarta.annotation.Resource;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.hikae.caller.service.IdempotencyClaim;
import org.hikae.caller.service.IdempotencyClaimSteps;
import org.hikae.caller.service.IdempotentExecution;
import org.hikae.caller.service.RecordedAnswer;
import org.hikae.identity.wire.RealmNames;
import org.hikae.it.container.fixture.ExpectedRefusal;
import org.hikae.it.container.fixture.PlainListener;
import org.hikae.it.container.fixture.ShippedEar;
import org.hikae.it.container.fixture.TestCaller;
import org.hikae.problem.control.PageRequest;
import org.hikae.problem.control.Refusal;
import org.hikae.rollout.boundary.CampaignCommands;
import org.hikae.rollout.boundary.CampaignQueries;
import org.hikae.rollout.value.CampaignId;
import org.hikae.rollout.view.PutCampaign;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.as.arquillian.api.ServerSetup;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * That an act and its kept answer are one, whoever is slow, fails or dies. Time budget: 5 seconds
 * on each database beside the server's start.
 */
@ExtendWith(ArquillianExtension.class)
@ServerSetup(PlainListener.class)
@DisplayName("HK1-R-06: acts under a key")
class IdempotencyContainerIT {

  private static final TestCaller ADMIN =
      TestCaller.portal("admin-1", RealmNames.EMPLOYEE, RealmNames.BACKUP_ADMIN);
  private static final TestCaller OTHER =
      TestCaller.portal("admin-2", RealmNames.EMPLOYEE, RealmNames.BACKUP_ADMIN);

  @Inject private IdempotentExecution idempotentExecution;
  @Inject private IdempotencyClaimSteps claims;
  @Inject private CampaignCommands campaigns;
  @Inject private CampaignQueries campaignQueries;

  @Resource(lookup = "java:jboss/datasources/HikaeDS")
  private DataSource application;

  private String name = "";

  @Deployment
  static EnterpriseArchive ear() {
    return ShippedEar.withTests();
  }

  @BeforeEach
  void another() {
    name = "act-" + UUID.randomUUID();
  }

  private IdempotencyClaim.Acquired mine(String content) throws Exception {
    return (IdempotencyClaim.Acquired) ADMIN.call(() -> idempotentExecution.claim(name, content));
  }

  private RecordedAnswer made(int status, String body) {
    campaigns.create(new PutCampaign(name, null, List.of()));
    return new RecordedAnswer(status, Map.of("ETag", "\"1\""), body);
  }

  private long campaignsMade() throws Exception {
    return ADMIN
        .call(() -> campaignQueries.list(null, null, new PageRequest(200)))
        .campaigns()
        .stream()
        .filter(campaign -> campaign.name().equals(name))
        .count();
  }

  @Test
  void what_was_done_is_answered_again() throws Exception {
    IdempotencyClaim.Acquired mine = mine("a");
    ExpectedRefusal.with(
        IDEMPOTENCY_IN_PROGRESS, ADMIN, () -> idempotentExecution.claim(name, "a"));
    ExpectedRefusal.with(IDEMPOTENCY_KEY_REUSED, ADMIN, () -> idempotentExecution.claim(name, "b"));
    ADMIN.run(() -> idempotentExecution.act(mine, () -> made(201, "控え")));
    IdempotencyClaim.Done done =
        (IdempotencyClaim.Done) ADMIN.call(() -> idempotentExecution.claim(name, "a"));
    assertThat(done.first()).isEqualTo(new RecordedAnswer(201, Map.of("ETag", "\"1\""), "控え"));
    ExpectedRefusal.with(IDEMPOTENCY_KEY_REUSED, ADMIN, () -> idempotentExecution.claim(name, "b"));
    assertThat(OTHER.call(() -> idempotentExecution.claim(name, "b")))
        .isInstanceOf(IdempotencyClaim.Acquired.class);
    assertThat(campaignsMade()).isEqualTo(1);
  }

  @Test
  void who_was_overtaken_is_rolled_back() throws Exception {
    IdempotencyClaim.Acquired slow = mine("a");
    endLease(slow);
    IdempotencyClaim.Acquired next = mine("a");
    ExpectedRefusal.with(
        IDEMPOTENCY_IN_PROGRESS,
        ADMIN,
        () -> idempotentExecution.act(slow, () -> made(201, "slow")));
    assertThat(campaignsMade()).isZero();
    ADMIN.run(() -> idempotentExecution.release(slow));
    ADMIN.run(() -> idempotentExecution.act(next, () -> made(201, "next")));
    IdempotencyClaim.Done done =
        (IdempotencyClaim.Done) ADMIN.call(() -> idempotentExecution.claim(name, "a"));
    assertThat(done.first().body()).isEqualTo("next");
    assertThat(campaignsMade()).isEqualTo(1);
  }

  @Test
  void what_fails_or_is_refused_leaves_neither_act_nor_answer() throws Exception {
    IdempotencyClaim.Acquired fails = mine("a");
    assertThatThrownBy(
            () ->
                ADMIN.run(
                    () ->
                        idempotentExecution.act(
                            fails,
                            () -> {
                              var _ = made(201, "");
                              throw new IllegalStateException("planted");
                            })))
        .hasStackTraceContaining("planted");
    ADMIN.run(() -> idempotentExecution.release(fails));
    IdempotencyClaim.Acquired refused = mine("b");
    RecordedAnswer answer =
        ADMIN.call(() -> idempotentExecution.act(refused, this::refusedAfterMaking));
    assertThat(answer.acted()).isFalse();
    ADMIN.run(() -> idempotentExecution.release(refused));
    assertThat(mine("c")).isNotNull();
    assertThat(campaignsMade()).isZero();
  }

  /** What JAX-RS makes of a refusal: an answer, in a transaction that can only be rolled back. */
  private RecordedAnswer refusedAfterMaking() {
    var _ = made(201, "");
    try {
      campaigns.start(new CampaignId(Long.MAX_VALUE));
    } catch (Refusal expected) {
      return new RecordedAnswer(CONFLICT.status(), Map.of(), "");
    }
    throw new AssertionError("a campaign that is not there was started");
  }

  @Test
  void what_says_that_it_was_done_is_done() throws Exception {
    IdempotencyClaim.Acquired mine = mine("a");
    assertThatThrownBy(
            () ->
                ADMIN.run(
                    () ->
                        idempotentExecution.act(
                            mine,
                            () -> new RecordedAnswer(200, refusedAfterMaking().headers(), ""))))
        .hasStackTraceContaining("rolled back");
    assertThat(campaignsMade()).isZero();
  }

  @Test
  void an_answer_that_is_too_large_is_not_kept_but_the_act_is() throws Exception {
    IdempotencyClaim.Acquired mine = mine("a");
    String large = "控".repeat(22_000);
    assertThat(ADMIN.call(() -> idempotentExecution.act(mine, () -> made(201, large))).body())
        .isEqualTo(large);
    ExpectedRefusal.with(
        IDEMPOTENCY_ANSWER_NOT_KEPT, ADMIN, () -> idempotentExecution.claim(name, "a"));
    assertThat(campaignsMade()).isEqualTo(1);
  }

  @Test
  void after_a_day_a_key_is_new() throws Exception {
    IdempotencyClaim.Acquired mine = mine("a");
    ADMIN.run(
        () -> idempotentExecution.actBeside(mine, () -> new RecordedAnswer(202, Map.of(), "")));
    assertThat(ADMIN.call(() -> idempotentExecution.claim(name, "a")))
        .isInstanceOf(IdempotencyClaim.Done.class);
    age(mine, "interval '86399' second");
    assertThat(ADMIN.call(() -> idempotentExecution.claim(name, "a")))
        .isInstanceOf(IdempotencyClaim.Done.class);
    age(mine, "interval '2' second");
    IdempotencyClaim.Acquired anew = mine("b");
    ADMIN.run(
        () -> idempotentExecution.actBeside(anew, () -> new RecordedAnswer(204, Map.of(), "")));
    age(anew, "interval '86401' second");
    while (claims.forget()) {
      // Each turn is a transaction.
    }
    assertThat(rows(anew)).isZero();
  }

  @Test
  void the_database_has_no_hash_of_what_was_asked_and_knows_one_of_an_earlier_release()
      throws Exception {
    IdempotencyClaim.Acquired mine = mine("hash");
    assertThat(execute("update idempotent_request set content = 'hash' where request_id = ?", mine))
        .isEqualTo(1);
    ADMIN.run(() -> idempotentExecution.act(mine, () -> made(201, "once")));
    assertThat(ADMIN.call(() -> idempotentExecution.claim(name, "hash")))
        .as("kept by an earlier release")
        .isInstanceOf(IdempotencyClaim.Done.class);
    ExpectedRefusal.with(
        IDEMPOTENCY_KEY_REUSED, ADMIN, () -> idempotentExecution.claim(name, "other"));
    name += "-later";
    IdempotencyClaim.Acquired later = mine("hash");
    String plain = "update idempotent_request set status = status where content = 'hash'";
    assertThat(execute(plain + " and request_id = ?", later)).as("the hash itself").isZero();
    assertThat(rows(later)).isEqualTo(1);
  }

  @Test
  void only_those_who_administer_claim() {
    TestCaller employee = TestCaller.portal("emp-1", RealmNames.EMPLOYEE);
    ExpectedRefusal.byRole(employee, () -> idempotentExecution.claim(name, "a"));
    ExpectedRefusal.byRole(TestCaller.agent("admin-1"), () -> idempotentExecution.claim(name, "a"));
  }

  private void endLease(IdempotencyClaim.Acquired claim) throws SQLException {
    execute("update idempotent_request set claimed_until = made_at where request_id = ?", claim);
  }

  private void age(IdempotencyClaim.Acquired claim, String by) throws SQLException {
    execute(
        "update idempotent_request set made_at = made_at - " + by + " where request_id = ?", claim);
  }

  private int rows(IdempotencyClaim.Acquired claim) throws SQLException {
    return execute("update idempotent_request set status = status where request_id = ?", claim);
  }

  private int execute(String sql, IdempotencyClaim.Acquired claim) throws SQLException {
    try (Connection connection = application.getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, claim.requestId());
      return statement.executeUpdate();
    }
  }
}
