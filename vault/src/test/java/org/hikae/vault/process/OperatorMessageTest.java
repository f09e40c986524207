package org.hikae.vault.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.hikae.hk1.Hash256;
import org.hikae.hk1.Hk1Constants;
import org.hikae.hk1.MalformedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the program of the operators and the vault say to each other. */
class OperatorMessageTest {

  private static final Hash256 EMPLOYEE = Hash256.of(filled(Hk1Constants.HASH_BYTES, 3));

  private static byte[] filled(int length, int value) {
    byte[] bytes = new byte[length];
    Arrays.fill(bytes, (byte) value);
    return bytes;
  }

  private static OperatorMessage signed(OperatorMessage.Order order) {
    return new OperatorMessage(
        order,
        EMPLOYEE,
        filled(Hk1Constants.SIGNATURE_BYTES, 1),
        filled(Hk1Constants.SIGNATURE_BYTES, 2));
  }

  @ParameterizedTest
  @EnumSource(OperatorMessage.Order.class)
  void each_field_arrives_in_its_place(OperatorMessage.Order order) throws Exception {
    OperatorMessage arrived = OperatorMessage.parse(signed(order).encode());
    assertThat(arrived.order()).isEqualTo(order);
    assertThat(arrived.employee()).isEqualTo(EMPLOYEE);
    assertThat(arrived.byFirst()).containsOnly(1);
    assertThat(arrived.bySecond()).containsOnly(2);
  }

  @Test
  void an_answer_arrives_as_it_was_given() throws Exception {
    OperatorMessage.Answer arrived =
        OperatorMessage.Answer.parse(
            new OperatorMessage.Answer(true, "Sign this.", filled(9, 4)).encode());
    assertThat(arrived.done()).isTrue();
    assertThat(arrived.text()).isEqualTo("Sign this.");
    assertThat(arrived.statement()).hasSize(9).containsOnly(4);
  }

  @Test
  void what_is_longer_or_shorter_is_refused() {
    byte[] bytes = signed(OperatorMessage.Order.REOPEN).encode();
    assertThatThrownBy(() -> OperatorMessage.parse(Arrays.copyOf(bytes, bytes.length - 1)))
        .isInstanceOf(MalformedException.class);
    assertThatThrownBy(() -> OperatorMessage.parse(Arrays.copyOf(bytes, bytes.length + 1)))
        .isInstanceOf(MalformedException.class);
  }
}
