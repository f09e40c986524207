package org.hikae.it.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hikae.problem.wire.ProblemCode.NOT_FOUND;

import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.hikae.enrollment.boundary.ConsentTextCommands;
import org.hikae.enrollment.service.ConsentTextLog;
import org.hikae.enrollment.view.ConsentVersionView;
import org.hikae.enrollment.view.PublishConsent;
import org.hikae.enrollment.view.PutConsentDraft;
import org.hikae.it.container.fixture.EnrollmentFixture;
import org.hikae.it.container.fixture.ExpectedRefusal;
import org.hikae.it.container.fixture.PlainListener;
import org.hikae.it.container.fixture.PostgresOnly;
import org.hikae.it.container.fixture.ShippedEar;
import org.hikae.it.container.fixture.TestCaller;
import org.hikae.transparency.boundary.TransparencyLogQueries;
import org.hikae.transparency.note.wire.NoteKey;
import org.hikae.transparency.note.wire.NoteKeyType;
import org.hikae.transparency.note.wire.SignedCheckpoint;
import org.hikae.transparency.service.CheckpointSigner;
import org.hikae.transparency.wire.EntryBundle;
import org.hikae.transparency.wire.LogEntry;
import org.hikae.transparency.wire.MerkleTree;
import org.hikae.transparency.wire.TilePath;
import org.hikae.transparency.wire.TiledSubtreeSource;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.as.arquillian.api.ServerSetup;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The transparency log inside the server: what is published is in it at once, and who reads its
 * tiles gets what is signed (HK1-X-08). Time budget: 5 seconds beside the server's start.
 */
@PostgresOnly
@ExtendWith(ArquillianExtension.class)
@ServerSetup(PlainListener.class)
class TransparencyLogContainerIT {

  @Inject private TransparencyLogQueries log;
  @Inject private CheckpointSigner signer;
  @Inject private ConsentTextCommands texts;
  @Inject private ConsentTextLog textLog;

  @Deployment
  static EnterpriseArchive ear() {
    return ShippedEar.withTests();
  }

  private SignedCheckpoint checkpoint() throws Exception {
    byte[] signed = log.checkpoint();
    String origin = new String(signed, StandardCharsets.UTF_8).lines().findFirst().orElseThrow();
    NoteKey key = NoteKey.of(origin, NoteKeyType.ED25519, signer.load().publicKey());
    assertThat(log.key()).isEqualTo(key.text());
    return SignedCheckpoint.open(signed, origin, key, List.of());
  }

  @Test
  void what_is_published_is_in_the_log_at_once() throws Exception {
    // Other tests put texts into the database, past the publishing that is tried here.
    textLog.appendMissing();
    SignedCheckpoint before = checkpoint();
    assertThat(before.checkpoint().size()).as("the first text, in two languages").isPositive();
    long revision = EnrollmentFixture.ADMIN.call(texts::draft).revision();
    PutConsentDraft put = new PutConsentDraft(revision, "Logged", "Text", "記録", "本文");
    long written = EnrollmentFixture.ADMIN.call(() -> texts.edit(put)).revision();
    // As ConsentContainerIT does: not before what others published, and shown to nobody.
    Instant from = Instant.now().plus(Duration.ofDays(700)).truncatedTo(ChronoUnit.MICROS);
    ConsentVersionView published =
        EnrollmentFixture.ADMIN.call(
            () ->
                texts.publish(
                    new PublishConsent(written, from, from.plus(Duration.ofDays(9)).toString())));

    SignedCheckpoint after = checkpoint();
    long size = after.checkpoint().size();
    assertThat(size).isGreaterThanOrEqualTo(before.checkpoint().size() + 2);
    MerkleTree tree =
        new MerkleTree(new TiledSubtreeSource(path -> log.tile(path.path()), size), size);
    assertThat(tree.root()).isEqualTo(after.checkpoint().root());
    assertThat(
            tree.consistency(before.checkpoint().size())
                .proves(before.checkpoint().root(), after.checkpoint().root()))
        .isTrue();
    TilePath newest = TilePath.of(TilePath.ENTRIES, (size - 1) / TilePath.FULL, size);
    List<byte[]> entries = EntryBundle.parse(log.tile(newest.path()), newest.width()).entries();
    assertThat(entries)
        .contains(
            LogEntry.ofConsent(published.version(), "en", "Logged", "Text").encode(),
            LogEntry.ofConsent(published.version(), "ja", "記録", "本文").encode());
    textLog.appendMissing();
    assertThat(checkpoint().checkpoint()).as("nothing was missing").isEqualTo(after.checkpoint());
  }

  @Test
  void a_tile_that_there_is_not_is_not_found() throws Exception {
    TestCaller anybody = EnrollmentFixture.ADMIN;
    for (String path :
        List.of(
            "tile/0/999",
            "tile/63/000",
            "tile/entries/000.p/255",
            "tile/0/000.p/0",
            "tile/0/../000",
            "tile/data/000",
            "tile/0/x999/x999/x999/x999/x999/999.p/255")) {
      ExpectedRefusal.with(NOT_FOUND, anybody, () -> log.tile(path));
    }
  }
}
