package org.hikae.vault.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.hikae.hk1.MalformedException;
import org.hikae.vault.process.VaultSocketClient;
import org.hikae.vault.wire.VaultFrame.Kind;

/** Sends messages that were made before, over several connections. */
record LoadGenerator(Path socket, int connections) {

  private static final double NANOS_PER_MILLI = 1e6;
  private static final double NANOS_PER_SECOND = 1e9;

  /**
   * What came of it.
   *
   * @param answers in the order of the messages
   * @param millis of each, from when it was due to its answer
   * @param seconds from the first message to the last answer
   */
  record LoadOutcome(List<byte[]> answers, double[] millis, double seconds) {
    double perSecond() {
      return answers.size() / seconds;
    }
  }

  /** Each connection sends its next message when it has its answer. */
  LoadOutcome asFastAsPossible(List<byte[]> messages)
      throws IOException, ExecutionException, InterruptedException {
    return send(messages, 0);
  }

  /**
   * Messages fall due evenly, whether or not earlier ones were answered; the time that one waits
   * for a connection counts.
   */
  LoadOutcome evenly(List<byte[]> messages, double perSecond)
      throws IOException, ExecutionException, InterruptedException {
    return send(messages, (long) (NANOS_PER_SECOND / perSecond));
  }

  private LoadOutcome send(List<byte[]> messages, long gapNanos)
      throws IOException, ExecutionException, InterruptedException {
    byte[][] answers = new byte[messages.size()][];
    double[] millis = new double[messages.size()];
    AtomicInteger next = new AtomicInteger();
    List<VaultSocketClient> clients = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(connections)) {
      for (int i = 0; i < connections; i++) {
        clients.add(new VaultSocketClient(socket));
      }
      long began = System.nanoTime();
      List<Future<?>> running = new ArrayList<>();
      for (VaultSocketClient client : clients) {
        running.add(
            threads.submit(
                () -> {
                  for (int i = next.getAndIncrement();
                      i < answers.length;
                      i = next.getAndIncrement()) {
                    long due = gapNanos == 0 ? System.nanoTime() : began + i * gapNanos;
                    awaitNanoTime(due);
                    answers[i] = ask(client, messages.get(i));
                    millis[i] = (System.nanoTime() - due) / NANOS_PER_MILLI;
                  }
                }));
      }
      for (Future<?> one : running) {
        one.get();
      }
      double seconds = (System.nanoTime() - began) / NANOS_PER_SECOND;
      return new LoadOutcome(List.of(answers), millis, seconds);
    } finally {
      for (VaultSocketClient client : clients) {
        client.close();
      }
    }
  }

  private static void awaitNanoTime(long due) {
    for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }

  private static byte[] ask(VaultSocketClient client, byte[] message) {
    try {
      return client.ask(Kind.MESSAGE, message);
    } catch (IOException | MalformedException e) {
      throw new IllegalStateException("The vault gave no answer.", e);
    }
  }
}
