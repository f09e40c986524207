package org.hikae.device.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;
import org.hikae.device.AgentException;
import org.hikae.device.state.AgentState;
import org.hikae.device.state.SeenSeriesHead;
import org.hikae.device.state.UnlockedSet;
import org.hikae.device.transfer.KeyTransferFixture.TransferDevice;
import org.hikae.hk1.MalformedException;
import org.hikae.hk1.Transcript;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** HK1-T-04, HK1-T-08: what is handed over, to the byte. */
class KeyTransferContentTest {

  @TempDir private Path folder;
  private TransferDevice oldDevice;

  @BeforeEach
  void start() throws Exception {
    oldDevice = new KeyTransferFixture(folder).oldDevice;
  }

  private byte[] encoded() throws AgentException {
    UnlockedSet set = Objects.requireNonNull(oldDevice.set());
    try (KeyTransferContent content = KeyTransferContent.of(oldDevice.file().require(), set)) {
      return content.encode();
    }
  }

  @Test
  void it_is_the_list_of_fields_that_the_specification_names() throws Exception {
    byte[] key = new byte[32];
    for (int i = 0; i < key.length; i++) {
      key[i] = (byte) (i + 1);
    }
    byte[] expected =
        Transcript.fields()
            .addU8(1)
            .add(HexFormat.of().parseHex(KeyTransferFixture.SET))
            .addU32(3)
            .add(key)
            .add(new byte[0])
            .add(new byte[0])
            .add(new byte[0])
            .addU8(2)
            .addU16(1)
            .add(HexFormat.of().parseHex(KeyTransferFixture.OTHER_SERIES))
            .addU64(7)
            .add(HexFormat.of().parseHex("77".repeat(32)))
            .addU8(1)
            .addU16(1)
            .add(HexFormat.of().parseHex("cd".repeat(16)))
            .toBytes();
    assertThat(encoded()).isEqualTo(expected);
    try (KeyTransferContent read = KeyTransferContent.parse(expected)) {
      assertThat(read.encode()).isEqualTo(expected);
      assertThat(read).hasToString("KeyTransferContent(REDACTED)");
    }
  }

  @Test
  void what_is_cut_or_longer_or_of_a_later_form_is_refused() throws Exception {
    byte[] whole = encoded();
    for (int length = 0; length < whole.length; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> KeyTransferContent.parse(cut))
          .as("%d", length)
          .isInstanceOf(MalformedException.class);
    }
    byte[] longer = Arrays.copyOf(whole, whole.length + 1);
    assertThatThrownBy(() -> KeyTransferContent.parse(longer))
        .isInstanceOf(MalformedException.class);
    byte[] later = whole.clone();
    later[4] = 2;
    assertThatThrownBy(() -> KeyTransferContent.parse(later))
        .isInstanceOf(MalformedException.class);
  }

  @Test
  void more_series_than_it_can_hold_are_refused_and_not_left_out() throws Exception {
    oldDevice.changes(
        state -> {
          AgentState changed = state;
          for (int i = 0; i < KeyTransferContent.MAX_SERIES; i++) {
            changed =
                changed.withHead(
                    HexFormat.of().toHexDigits((long) i).repeat(2),
                    new SeenSeriesHead(1, "00".repeat(32), null));
          }
          return changed;
        });
    assertThatThrownBy(this::encoded).hasMessage("transfer.too-many-series");
  }

  /** HK1-T-04. */
  @Test
  void what_both_mean_alike_goes_into_the_key() throws Exception {
    byte[] set = HexFormat.of().parseHex(KeyTransferFixture.SET);
    byte[] transfer = new byte[16];
    KeyTransferChannel channel = new KeyTransferChannel("iss", "sub", set, transfer);
    try (TransferCode code = TransferCode.parse("000000").orElseThrow()) {
      var input = channel.input(code.secret(), 2);
      assertThat(input.code().expose()).isEqualTo("000000".getBytes(StandardCharsets.US_ASCII));
      assertThat(input.sessionId())
          .isEqualTo(Transcript.of("transfer session").add(transfer).addU8(2).toBytes());
      assertThat(input.channel())
          .isEqualTo(
              org.hikae.hk1.Hash256.sha256(
                      Transcript.of("transfer channel").add("iss").add("sub").add(set).toBytes())
                  .toBytes());
    }
  }

  @Test
  void a_body_of_another_try_is_refused() throws MalformedException {
    String body = KeyTransferBody.confirmation(1, new byte[32]);
    assertThat(KeyTransferBody.parseConfirmation(body, 1)).hasSize(32);
    assertThatThrownBy(() -> KeyTransferBody.parseConfirmation(body, 2))
        .isInstanceOf(MalformedException.class);
  }
}
