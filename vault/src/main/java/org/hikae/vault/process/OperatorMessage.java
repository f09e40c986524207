package org.hikae.vault.process;

import org.hikae.hk1.Hash256;
import org.hikae.hk1.Hk1Constants;
import org.hikae.hk1.MalformedException;
import org.hikae.hk1.Transcript;
import org.hikae.hk1.TranscriptReader;

/**
 * What an operator asks the running vault for (spec HK1-V-22); whatever it changes takes both
 * custodians' signatures.
 *
 * @param order what to do
 * @param employee DELETION and DELETE: whose record; else zero
 * @param byFirst signature of the first custodian; 64 zero bytes where none is needed
 * @param bySecond signature of the second custodian
 */
public record OperatorMessage(Order order, Hash256 employee, byte[] byFirst, byte[] bySecond) {

  /** What to do. */
  public enum Order {
    /** Say whether and why the vault closed itself. */
    DESCRIBE(0),
    /** Say what to sign to reopen it. */
    REOPENING(1),
    /** Reopen it. */
    REOPEN(2),
    /** Say what to sign to delete an employee's record. */
    DELETION(3),
    /** Announce the deletion. */
    DELETE(4);

    private final int number;

    Order(int number) {
      this.number = number;
    }

    private static Order of(int number) throws MalformedException {
      for (Order order : values()) {
        if (order.number == number) {
          return order;
        }
      }
      throw new MalformedException("Operator's order " + number + " is unknown.");
    }
  }

  /** Copies the arrays. */
  public OperatorMessage {
    byFirst = byFirst.clone();
    bySecond = bySecond.clone();
  }

  @Override
  public byte[] byFirst() {
    return byFirst.clone();
  }

  @Override
  public byte[] bySecond() {
    return bySecond.clone();
  }

  /** A question, without signatures. */
  public static OperatorMessage question(Order order, Hash256 employee) {
    byte[] none = new byte[Hk1Constants.SIGNATURE_BYTES];
    return new OperatorMessage(order, employee, none, none);
  }

  /** The frame's body. */
  public byte[] encode() {
    return Transcript.fields()
        .addU8(order.number)
        .add(employee.toBytes())
        .add(byFirst)
        .add(bySecond)
        .toBytes();
  }

  /** Reads what {@link #encode} wrote. */
  public static OperatorMessage parse(byte[] bytes) throws MalformedException {
    TranscriptReader in = new TranscriptReader(bytes);
    OperatorMessage message =
        new OperatorMessage(
            Order.of(in.u8("order")),
            Hash256.of(in.exactly("employee", Hk1Constants.HASH_BYTES)),
            in.exactly("byFirst", Hk1Constants.SIGNATURE_BYTES),
            in.exactly("bySecond", Hk1Constants.SIGNATURE_BYTES));
    in.end();
    return message;
  }

  /**
   * The answer.
   *
   * @param done whether it was done, or the question could be answered
   * @param text a sentence
   * @param statement what to sign; empty where nothing is
   */
  public record Answer(boolean done, String text, byte[] statement) {

    private static final int MAX_TEXT_BYTES = 1024;
    private static final int MAX_STATEMENT_BYTES = 512;

    /** Copies the array. */
    public Answer {
      statement = statement.clone();
    }

    @Override
    public byte[] statement() {
      return statement.clone();
    }

    /** The frame's body. */
    public byte[] encode() {
      return Transcript.fields().addU8(done ? 1 : 0).add(text).add(statement).toBytes();
    }

    /** Reads what {@link #encode} wrote. */
    public static Answer parse(byte[] bytes) throws MalformedException {
      TranscriptReader in = new TranscriptReader(bytes);
      Answer answer =
          new Answer(
              in.u8("done") == 1,
              in.text("text", MAX_TEXT_BYTES),
              in.atMost("statement", MAX_STATEMENT_BYTES));
      in.end();
      return answer;
    }
  }
}
