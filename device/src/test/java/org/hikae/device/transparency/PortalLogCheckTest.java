package org.hikae.device.transparency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.hikae.device.company.FakePortalLog;
import org.hikae.device.files.ExclusiveFileLock;
import org.hikae.device.vaultclient.FakeVault;
import org.hikae.transparency.log.wire.TransparencyLogFault;
import org.hikae.transparency.note.wire.NoteSignature;
import org.hikae.transparency.note.wire.SignedNote;
import org.hikae.transparency.wire.LogEntry;
import org.hikae.transparency.wire.MerkleHasher;
import org.hikae.vault.wire.SignedCard;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a device believes of a log, without a network (HK1-X-09 to HK1-X-11). Budget: 5 seconds. */
class PortalLogCheckTest {

  private static SignedCard card;

  @TempDir private Path folder;

  private final FakePortalLog log = new FakePortalLog();
  private final List<String> asked = new ArrayList<>();
  private Path place;
  private Instant now = Instant.parse("2026-01-01T00:00:00Z");

  @BeforeAll
  static void make_card() throws Exception {
    card = SignedCard.parse(new FakeVault().card());
  }

  @BeforeEach
  void listen() {
    place = folder.resolve("portal");
    log.whenAsked(asked::add);
  }

  private PortalLogCheck check() {
    return check(place);
  }

  private PortalLogCheck check(Path where) {
    return new PortalLogCheck(log.source(), where, () -> now);
  }

  private PortalLogResult look() throws IOException {
    return check().look(null, () -> null);
  }

  private PortalLogResult lookForCard() throws IOException {
    return check().look(card, () -> null);
  }

  private static byte[] text(int number) {
    return LogEntry.ofConsent(number, "en", "Consent", "Text " + number).encode();
  }

  private static byte[] entryOfCard() {
    return LogEntry.ofCard(card).encode();
  }

  private byte[] publish(byte[]... entries) {
    return log.publish(List.of(entries));
  }

  private List<Path> files(String beginning) throws IOException {
    try (Stream<Path> all = Files.list(place)) {
      return all.filter(file -> String.valueOf(file.getFileName()).startsWith(beginning)).toList();
    }
  }

  @Test
  void of_the_end_that_is_kept_nothing_more_is_read() throws Exception {
    publish(text(1), entryOfCard());
    assertThat(lookForCard().state()).isEqualTo(PortalLogState.FIRST);
    asked.clear();
    assertThat(lookForCard().state()).isEqualTo(PortalLogState.FITS);
    assertThat(asked).containsExactly("checkpoint");
  }

  /** Whoever is in between can add them, and would have the whole log read each time. */
  @Test
  void lines_of_unknown_keys_make_no_other_end() throws Exception {
    byte[] end = publish(text(1));
    look();
    asked.clear();
    SignedNote more =
        SignedNote.parse(end).with(new NoteSignature("somebody.example", 7, new byte[] {1}));
    log.files().put("checkpoint", more.encode());
    assertThat(look().state()).isEqualTo(PortalLogState.FITS);
    assertThat(asked).containsExactly("checkpoint");
    assertThat(check().store().checkpoint()).isEqualTo(end);
  }

  @Test
  void a_log_of_several_bundles_is_read_to_its_end() throws Exception {
    for (int size : new int[] {255, 256, 257, 600}) {
      List<byte[]> entries =
          new ArrayList<>(IntStream.range(1, size).mapToObj(PortalLogCheckTest::text).toList());
      entries.add(size - 1, entryOfCard());
      log.publish(entries);
      assertThat(check(folder.resolve("of-" + size)).look(card, () -> null).state())
          .isEqualTo(PortalLogState.FIRST);
    }
  }

  /** The portal does not get away with another key because it held back entries before. */
  @Test
  void the_first_key_under_which_an_end_came_stays() throws Exception {
    publish(text(1));
    log.files().remove("tile/entries/000.p/1");
    PortalLogResult held = look();
    assertThat(held.isSilence()).isTrue();
    assertThat(held.kept()).as("the end without its entries").isNotNull();
    log.changesKey();
    publish(text(1));
    assertThat(look().fault()).isEqualTo(TransparencyLogFault.BAD_CHECKPOINT);
  }

  @Test
  void an_end_of_another_key_is_kept() throws Exception {
    publish(text(1));
    look();
    log.changesKey();
    byte[] other = publish(text(1));
    assertThat(look().kept()).hasBinaryContent(other);
  }

  @Test
  void a_page_of_what_stands_in_front_of_the_portal_is_silence() throws Exception {
    publish(text(1));
    look();
    log.files().put("checkpoint", "<html>Maintenance</html>".getBytes(StandardCharsets.UTF_8));
    assertThat(look().isSilence()).isTrue();
    assertThat(check().isEmpty()).isFalse();
    assertThat(new LogAlarmStore(place).standing()).isEmpty();
  }

  /** Showing the old end again explains nothing. */
  @Test
  void what_was_wrong_stands_until_a_person_moves_it_aside() throws Exception {
    byte[] end = publish(text(1), text(2));
    look();
    byte[] fork = publish(text(3), text(4));
    PortalLogResult forked = look();
    assertThat(forked.fault()).isEqualTo(TransparencyLogFault.FORKED);
    assertThat(forked.kept()).hasBinaryContent(fork);
    Instant first = now;

    now = now.plus(Duration.ofDays(1));
    assertThat(publish(text(1), text(2))).isEqualTo(end);
    PortalLogResult later = look();
    assertThat(later.state()).isEqualTo(PortalLogState.STANDING);
    assertThat(later.isAlarm()).isTrue();
    assertThat(new LogAlarmStore(place).standing()).hasValue(new LogAlarm("FORKED", first));

    Path aside = check().forget(false);
    assertThat(aside.resolve("checkpoint")).hasBinaryContent(end);
    assertThat(aside.resolve("alarm")).exists();
    assertThat(look().state()).isEqualTo(PortalLogState.FIRST);
  }

  @Test
  void a_shorter_log_is_told_and_the_longer_end_stays() throws Exception {
    byte[] end = publish(text(1), text(2));
    look();
    publish(text(1));
    PortalLogResult shrunk = look();
    assertThat(shrunk.fault()).isEqualTo(TransparencyLogFault.SHRUNK);
    assertThat(shrunk.size()).isEqualTo(1);
    assertThat(shrunk.before()).isEqualTo(2);
    assertThat(check().store().checkpoint()).isEqualTo(end);
  }

  @Test
  void a_log_that_says_that_it_has_no_end_is_not_read() throws Exception {
    publish(text(1));
    log.ends(PortalLogCheck.MAX_ENTRIES + 1, MerkleHasher.leaf(text(1)));
    assertThat(look().fault()).isEqualTo(TransparencyLogFault.TOO_LARGE);
    assertThat(asked).containsExactly("checkpoint", "key");
  }

  /** It proves that the card came late, when it comes. */
  @Test
  void the_end_that_lacked_a_card_in_use_is_kept() throws Exception {
    byte[] without = publish(text(1));
    PortalLogResult missing = lookForCard();
    assertThat(missing.state()).isEqualTo(PortalLogState.CARD_MISSING);
    assertThat(missing.kept()).hasBinaryContent(without);
    publish(text(1), entryOfCard());
    assertThat(lookForCard().state()).isEqualTo(PortalLogState.STANDING);
    assertThat(missing.kept()).hasBinaryContent(without);
  }

  /** As an honest portal does whose log was lost with the database. */
  @Test
  void a_card_that_the_portal_enters_when_it_is_asked_for_it_is_no_alarm() throws Exception {
    publish(text(1));
    PortalLogResult result =
        check()
            .look(
                card,
                () -> {
                  publish(text(1), entryOfCard());
                  return card;
                });
    assertThat(result.state()).isEqualTo(PortalLogState.FITS);
    assertThat(files("alarm")).isEmpty();
    assertThat(files("checkpoint.without")).isEmpty();
  }

  /** Two processes, or a kill in between, leave the card of one end beside another end. */
  @Test
  void a_card_that_was_seen_under_one_end_does_not_speak_for_another() throws Exception {
    publish(text(1), entryOfCard());
    lookForCard();
    byte[] other = publish(text(1), text(2));
    Files.write(place.resolve("checkpoint"), other);
    assertThat(lookForCard().state()).isEqualTo(PortalLogState.CARD_MISSING);
  }

  @Test
  void what_was_noted_of_a_card_is_read_again_when_it_is_damaged() throws Exception {
    publish(text(1), entryOfCard());
    lookForCard();
    Files.writeString(place.resolve("card"), "damaged");
    byte[] bundle = Objects.requireNonNull(log.files().remove("tile/entries/000.p/2"));
    assertThat(lookForCard().isSilence()).as("it has to be read").isTrue();
    assertThat(files("checkpoint.unproven")).as("it is the kept one").isEmpty();
    log.files().put("tile/entries/000.p/2", bundle);
    assertThat(lookForCard().state()).isEqualTo(PortalLogState.FITS);
  }

  @Test
  void a_kept_end_without_its_key_is_damage() throws Exception {
    publish(text(1));
    look();
    Files.delete(place.resolve("key"));
    assertThatThrownBy(this::look).isInstanceOf(IOException.class).hasMessageContaining("key");
  }

  /** A look that never ends is one in vain. */
  @Test
  void silence_is_noted_before_anything_is_asked_for() throws Exception {
    publish(text(1));
    List<Boolean> noted = new ArrayList<>();
    log.whenAsked(path -> noted.add(Files.exists(place.resolve("silent-since"))));
    look();
    assertThat(noted).isNotEmpty().containsOnly(true);
    assertThat(place.resolve("silent-since")).doesNotExist();
    log.files().put("checkpoint", new byte[] {1});
    look();
    assertThat(place.resolve("silent-since")).exists();
  }

  @Test
  void one_process_looks_at_a_time() throws Exception {
    publish(text(1));
    List<Boolean> free = new ArrayList<>();
    log.whenAsked(path -> free.add(isFree()));
    look();
    assertThat(free).isNotEmpty().containsOnly(false);
    assertThat(isFree()).isTrue();
  }

  private boolean isFree() {
    try {
      return ExclusiveFileLock.tryTake(folder.resolve("portal.lock"))
          .map(
              taken -> {
                taken.close();
                return true;
              })
          .orElse(false);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The portal may forget what it showed; the device does not. */
  @Test
  void two_ends_are_compared_whatever_the_portal_gives_meanwhile() throws Exception {
    byte[] honest = publish(text(1), text(2));
    publish(text(3), text(4), text(5));
    look();
    publish(text(1), text(2), text(6));
    PortalLogResult result = check().compare(honest);
    assertThat(result.isAlarm()).isTrue();
    assertThat(files("alarm")).isNotEmpty();
    assertThat(asked).as("once, for the look").containsOnlyOnce("checkpoint");
  }

  @Test
  void ends_of_one_size_are_compared_without_the_portal() throws Exception {
    byte[] honest = publish(text(1), text(2));
    byte[] fork = publish(text(3), text(4));
    look();
    log.files().clear();
    assertThat(check().comparesByEntries(honest)).isFalse();
    PortalLogResult forked = check().compare(honest);
    assertThat(forked.fault()).isEqualTo(TransparencyLogFault.FORKED);
    assertThat(forked.kept()).hasBinaryContent(honest);
    assertThat(check().compare(fork).state()).isEqualTo(PortalLogState.FITS);
  }

  /** An end has no time: who is shown an old one for ever sees it by the newer one of another. */
  @Test
  void a_log_that_was_frozen_for_one_device_is_seen_by_its_own_comparison() throws Exception {
    Path other = folder.resolve("other");
    byte[] frozen = publish(text(1));
    look();
    byte[] longer = publish(text(1), text(2));
    check(other).look(null, () -> null);
    PortalLogResult begins = check(other).compare(frozen);
    assertThat(begins.state()).isEqualTo(PortalLogState.FITS);
    assertThat(begins.size()).as("which says half of it").isGreaterThan(begins.before());
    assertThat(check().compare(longer).fault()).isEqualTo(TransparencyLogFault.SHRUNK);
  }

  @Test
  void an_end_of_another_key_is_told_and_is_no_standing_alarm() throws Exception {
    byte[] other = publish(text(1));
    log.changesKey();
    publish(text(1));
    look();
    assertThat(check().comparesByEntries(other)).isFalse();
    PortalLogResult result = check().compare(other);
    assertThat(result.fault()).isEqualTo(TransparencyLogFault.BAD_CHECKPOINT);
    assertThat(files("alarm")).as("anybody can make a key").isEmpty();
  }

  /** An honest portal signs with the same key after a restore, too. */
  @Test
  void forgetting_keeps_the_key_unless_it_is_to_go_too() throws Exception {
    publish(text(1));
    look();
    assertThat(check().isEmpty()).isFalse();
    check().forget(false);
    log.changesKey();
    publish(text(1));
    assertThat(look().fault()).isEqualTo(TransparencyLogFault.BAD_CHECKPOINT);
    now = now.plusSeconds(1);
    check().forget(true);
    assertThat(check().isEmpty()).isTrue();
    assertThat(look().state()).isEqualTo(PortalLogState.FIRST);
  }
}
