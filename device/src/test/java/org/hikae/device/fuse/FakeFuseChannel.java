package org.hikae.device.fuse;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** The other side of {@code /dev/fuse}: sends requests as the kernel lays them out. */
final class FakeFuseChannel implements FuseChannel {

  private static final byte[] END = {};

  private final BlockingQueue<byte[]> requests = new LinkedBlockingQueue<>();
  private final BlockingQueue<Answer> answers = new LinkedBlockingQueue<>();
  private long unique = 100;

  /**
   * An answer.
   *
   * @param errno as the kernel has it, 0 for success
   * @param body in native order
   */
  record Answer(long unique, int errno, ByteBuffer body) {}

  /** Sends a request, and forgets about it. */
  long tell(int opcode, long node, byte[] body) {
    byte[] bytes = new byte[40 + body.length];
    ByteBuffer request = ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder());
    unique++;
    request.putInt(40 + body.length).putInt(opcode).putLong(unique).putLong(node);
    request.putInt(1).putInt(2).putInt(3).putInt(0).put(body);
    requests.add(bytes);
    return unique;
  }

  /** Sends a request and waits for its answer. */
  Answer ask(int opcode, long node, byte[] body) throws InterruptedException {
    long asked = tell(opcode, node, body);
    Answer answer = Optional.ofNullable(answers.poll(1, TimeUnit.MINUTES)).orElseThrow();
    if (answer.unique() != asked) {
      throw new IllegalStateException("an answer to another request");
    }
    return answer;
  }

  /** Unmounts; every thread that waits hears of it. */
  void unmount() {
    requests.add(END);
  }

  /** Whether something was answered that was not asked for. */
  boolean hasMoreAnswers() {
    return !answers.isEmpty();
  }

  @Override
  public boolean receive(ByteBuffer into) {
    try {
      byte[] request = requests.take();
      if (request.length == 0) {
        requests.add(END);
        return false;
      }
      into.put(request);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  @Override
  public void send(ByteBuffer answer) {
    ByteBuffer whole = buffer(answer.remaining()).put(answer).flip();
    if (whole.getInt(0) != whole.limit()) {
      throw new IllegalStateException("the kernel refuses an answer of another length");
    }
    answers.add(
        new Answer(
            whole.getLong(8),
            -whole.getInt(4),
            whole.slice(16, whole.limit() - 16).order(ByteOrder.nativeOrder())));
  }

  static ByteBuffer buffer(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.nativeOrder());
  }

  /** A name with the zero behind it. */
  static byte[] name(String name) {
    return (name + "\0").getBytes(StandardCharsets.UTF_8);
  }

  /** {@code struct fuse_read_in}, of READ, READDIR and LSEEK. */
  static byte[] part(long offset, int size) {
    return buffer(40).putLong(0).putLong(offset).putInt(size).array();
  }
}
