package org.hikae.transparency.note.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.hikae.hk1.MalformedException;
import org.hikae.testing.TestEffort;
import org.hikae.transparency.wire.PublishedVectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Notes that others signed, and what must be refused (HK1-X-04). */
class SignedNoteTest {

  private static final String FILE = "notes.tsv";
  private static final String TEXT = note("go-two").split("\n\n", 2)[0] + "\n";
  private static final String PETER = line(0);
  private static final String ENOCH = line(1);

  private static String note(String name) {
    return PublishedVectors.unescaped(PublishedVectors.cell(FILE, name, "note"));
  }

  private static String line(int number) {
    return note("go-two").split("\n\n", 2)[1].lines().toList().get(number) + "\n";
  }

  private static List<NoteKey> keys(String name) throws MalformedException {
    return Stream.of(PublishedVectors.cell(FILE, name, "keys").split(" ", -1))
        .map(SignedNoteTest::key)
        .toList();
  }

  private static NoteKey key(String text) {
    try {
      return NoteKey.parse(text);
    } catch (MalformedException e) {
      throw new AssertionError(e);
    }
  }

  private static SignedNote parse(String note) throws MalformedException {
    return SignedNote.parse(note.getBytes(StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @ValueSource(strings = {"c2sp", "go-one", "go-two", "sumdb", "three"})
  void a_published_note_is_verified_and_written_the_same(String name) throws Exception {
    SignedNote note = parse(note(name));
    List<NoteKey> keys = keys(name);
    assertThat(note.verify(keys).keySet()).containsExactlyElementsOf(keys);
    assertThat(new String(note.encode(), StandardCharsets.UTF_8)).isEqualTo(note(name));
    assertThat(note(name)).startsWith(note.text() + "\n");
  }

  @Test
  void a_note_of_an_unknown_key_is_refused() throws Exception {
    SignedNote note = parse(TEXT + "\n" + PETER);
    assertThatThrownBy(() -> note.verify(List.of())).isInstanceOf(NoteSignatureException.class);
    assertThatThrownBy(() -> note.verify(List.of(keys("go-two").getLast())))
        .isInstanceOf(NoteSignatureException.class);
    assertThatThrownBy(() -> new SignedNote(TEXT, List.of()).verify(keys("go-two")))
        .isInstanceOf(NoteSignatureException.class);
  }

  @Test
  void of_two_signatures_one_that_is_known_is_enough() throws Exception {
    NoteKey peter = keys("go-two").getFirst();
    SignedNote note = parse(TEXT + "\n" + PETER + ENOCH);
    assertThat(note.verify(List.of(peter))).containsOnlyKeys(peter);
    assertThat(note.signatures()).hasSize(2);
  }

  @Test
  void a_key_counts_once() throws Exception {
    SignedNote note = parse(TEXT + "\n" + PETER + PETER + ENOCH + ENOCH);
    assertThat(note.verify(keys("go-two"))).hasSize(2);
  }

  /** Whoever relays a note must not be able to hide a wrong signature behind a right one. */
  @Test
  void a_wrong_signature_of_a_known_key_spoils_the_note() throws Exception {
    NoteSignature good = parse(TEXT + "\n" + PETER).signatures().getFirst();
    for (int at = 0; at < good.signature().length; at++) {
      byte[] bytes = good.signature();
      bytes[at] ^= 1;
      NoteSignature bad = new NoteSignature(good.name(), good.keyId(), bytes);
      for (List<NoteSignature> both :
          List.of(List.of(bad), List.of(bad, good), List.of(good, bad))) {
        SignedNote note = new SignedNote(TEXT, both);
        assertThatThrownBy(() -> note.verify(keys("go-two")))
            .isInstanceOf(NoteSignatureException.class)
            .hasMessageContaining("PeterNeumann");
      }
    }
    for (int length : new int[] {1, 63, 65, 72}) {
      SignedNote note =
          new SignedNote(
              TEXT,
              List.of(
                  new NoteSignature(
                      good.name(), good.keyId(), Arrays.copyOf(good.signature(), length))));
      assertThatThrownBy(() -> note.verify(keys("go-two")))
          .isInstanceOf(NoteSignatureException.class);
    }
  }

  @Test
  void a_changed_text_is_not_what_was_signed() throws Exception {
    List<NoteKey> keys = keys("go-two");
    byte[] bytes = (TEXT + "\n" + PETER).getBytes(StandardCharsets.UTF_8);
    for (int at = 0; at < TEXT.length(); at++) {
      byte[] changed = bytes.clone();
      changed[at] ^= 1;
      assertThatThrownBy(() -> SignedNote.parse(changed).verify(keys))
          .isInstanceOfAny(MalformedException.class, NoteSignatureException.class);
    }
    assertThatCode(() -> SignedNote.parse(bytes).verify(keys)).doesNotThrowAnyException();
  }

  @Test
  void a_name_or_a_number_alone_makes_no_known_key() throws Exception {
    NoteKey peter = keys("go-two").getFirst();
    NoteSignature good = parse(TEXT + "\n" + PETER).signatures().getFirst();
    NoteSignature misnamed = new NoteSignature("CarmenSandiego", good.keyId(), good.signature());
    NoteSignature misnumbered = new NoteSignature(good.name(), 7, good.signature());
    SignedNote foreign = new SignedNote(TEXT, List.of(misnamed, misnumbered));
    assertThatThrownBy(() -> foreign.verify(List.of(peter)))
        .isInstanceOf(NoteSignatureException.class);
    assertThat(foreign.with(good).verify(List.of(peter))).containsEntry(peter, good);
  }

  /** The first are those of golang.org/x/mod, sumdb/note. */
  @Test
  void another_form_is_none() {
    for (String bad :
        List.of(
            "",
            "\n",
            "\n\n",
            TEXT,
            TEXT + "\n",
            TEXT + "\n" + PETER.substring(0, PETER.length() - 1),
            "\u0001" + TEXT + "\n" + PETER,
            TEXT.replace('.', '\t') + "\n" + PETER,
            TEXT.replace("\n", "\r\n") + "\n" + PETER,
            TEXT + "\n" + PETER.replace("PeterNeumann", "Bad Name"),
            TEXT + "\n" + PETER.replace("PeterNeumann", "Bad+Name"),
            TEXT + "\n" + PETER.replace("PeterNeumann", ""),
            TEXT + "\n" + PETER + "Unexpected line.\n",
            TEXT + "\n" + PETER + "\n",
            TEXT + "\n" + PETER + "\n" + PETER.substring(1),
            TEXT + "\n" + PETER.replace("\u2014 ", "- "),
            TEXT + "\n" + PETER.replace("\u2014 ", "\u2014"),
            TEXT + "\n" + PETER.replace("=\n", "\n"),
            TEXT + "\n" + PETER.replace("AM=\n", "AN=\n"),
            TEXT + "\n" + PETER.replace("\n", " \n"),
            TEXT + "\n\u2014 PeterNeumann x08gow==\n",
            TEXT + "\n\u2014 PeterNeumann \n",
            TEXT + "\n\u2014 PeterNeumann\n")) {
      assertThatThrownBy(() -> parse(bad)).as(bad).isInstanceOf(MalformedException.class);
    }
    byte[] noUtf8 = (TEXT + "\n" + PETER).getBytes(StandardCharsets.UTF_8);
    noUtf8[0] = (byte) 0xff;
    assertThatThrownBy(() -> SignedNote.parse(noUtf8)).isInstanceOf(MalformedException.class);
  }

  @Test
  void a_note_has_room_for_a_hundred_signatures_and_no_more() throws Exception {
    assertThat(parse(TEXT + "\n" + ENOCH.repeat(100)).signatures()).hasSize(100);
    assertThatThrownBy(() -> parse(TEXT + "\n" + ENOCH.repeat(101)))
        .isInstanceOf(MalformedException.class);
    assertThatThrownBy(() -> parse("a".repeat(SignedNote.MAX_BYTES) + "\n\n" + ENOCH))
        .isInstanceOf(MalformedException.class);
    // Sixteen of the largest known kind: ML-DSA-87, 4627 bytes.
    String large =
        "\u2014 witness " + Base64.getEncoder().encodeToString(new byte[4 + 4627]) + "\n";
    assertThat(parse(TEXT + "\n" + large.repeat(16)).signatures()).hasSize(16);
  }

  @Test
  void a_note_has_at_most_256_kibibytes() throws Exception {
    String rest = "\n\n" + ENOCH;
    int room = SignedNote.MAX_BYTES - rest.getBytes(StandardCharsets.UTF_8).length;
    assertThat(parse("a".repeat(room) + rest).text()).hasSize(room + 1);
    assertThatThrownBy(() -> parse("a".repeat(room + 1) + rest))
        .isInstanceOf(MalformedException.class)
        .hasMessageContaining("at most 262144 bytes");
    String most = "a".repeat(SignedNote.MAX_BYTES - 1) + "\n";
    assertThat(new SignedNote(most, List.of()).text()).isEqualTo(most);
    assertThatThrownBy(() -> new SignedNote("a" + most, List.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void who_makes_a_note_gives_it_at_most_a_hundred_signatures() throws Exception {
    NoteSignature one = parse(TEXT + "\n" + ENOCH).signatures().getFirst();
    assertThat(new SignedNote(TEXT, Collections.nCopies(100, one)).signatures()).hasSize(100);
    assertThatThrownBy(() -> new SignedNote(TEXT, Collections.nCopies(101, one)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void a_text_of_one_empty_line_is_one() throws Exception {
    assertThat(parse("\n\n" + ENOCH).text()).isEqualTo("\n");
  }

  @Test
  void the_text_may_have_empty_lines_and_ends_at_the_last() throws Exception {
    String text = "one\n\n\u2014 PeterNeumann x08go/ZJ\n\nlast\n\n";
    SignedNote note = parse(text + "\n" + ENOCH);
    assertThat(note.text()).isEqualTo(text);
    assertThat(note.signatures()).hasSize(1);
  }

  @Test
  void what_could_not_be_read_back_is_no_note() {
    for (String bad : List.of("", "no end", "a\rb\n", "\ud800\n")) {
      assertThatThrownBy(() -> new SignedNote(bad, List.of()))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(() -> new NoteSignature("a b", 1, new byte[1]))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new NoteSignature("a", 1, new byte[0]))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void hostile_bytes_are_refused_and_nothing_else_happens() throws Exception {
    byte[] good = note("three").getBytes(StandardCharsets.UTF_8);
    List<NoteKey> keys = keys("three");
    Random random = new Random(TestEffort.seed());
    int times = 1_000 * TestEffort.factor();
    for (int i = 0; i < times; i++) {
      byte[] bytes = Arrays.copyOf(good, good.length - (i % 7 == 0 ? random.nextInt(60) : 0));
      for (int change = random.nextInt(4); change >= 0; change--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      try {
        SignedNote note = SignedNote.parse(bytes);
        assertThat(note.encode()).isEqualTo(bytes);
        assertThat(note.verify(keys)).isNotEmpty();
        assertThat(note.text()).isEqualTo(SignedNote.parse(good).text());
      } catch (MalformedException | NoteSignatureException e) {
        assertThat(e.getMessage()).endsWith(".");
      }
    }
  }
}
