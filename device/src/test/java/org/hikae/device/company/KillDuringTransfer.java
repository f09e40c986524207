package org.hikae.device.company;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Counts what arrives of objects at a {@link FakeCompany}, and kills the sender at some point. */
public final class KillDuringTransfer implements FakeCompany.RequestListener {

  private static final String PUT = "PUT /api/v1/device/objects/";
  private static final int PIECE_BYTES = 64 * 1024;

  private final KillPoint point;
  private final AtomicInteger objects = new AtomicInteger();
  private final AtomicLong arrived = new AtomicLong();
  private final CountDownLatch started = new CountDownLatch(1);
  private int arriving;
  private volatile Process victim;

  public KillDuringTransfer(KillPoint point) {
    this.point = point;
  }

  /** Decides when it is time. Objects are counted from 0 in the order in which they begin. */
  public interface KillPoint {
    /** A request has begun to arrive. */
    default void asked(KillDuringTransfer watch, String request) throws IOException {}

    /** So many bytes of an object have arrived. */
    default void arrived(KillDuringTransfer watch, int object, long bytes) throws IOException {}

    /** An object is stored and not answered yet. */
    default void stored(KillDuringTransfer watch, int bytes) throws IOException {}

    /** A commit or a report is done and not answered yet. */
    default void done(KillDuringTransfer watch, String request, String body) throws IOException {}
  }

  /** Says whom to kill; a point that is reached before waits for it. */
  public void victim(Process process) {
    victim = process;
    started.countDown();
  }

  /** SIGKILL; returns when the process is gone. */
  public void kill() throws IOException {
    try {
      started.await();
      victim.destroyForcibly().waitFor();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  /** Goes on, and kills so many milliseconds from now. */
  public void killAfter(int millis) {
    Thread.ofPlatform()
        .daemon()
        .start(
            () -> {
              try {
                Thread.sleep(millis);
                kill();
              } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
              }
            });
  }

  /** Waits for something in another connection. */
  public static void await(CountDownLatch latch) throws IOException {
    try {
      if (!latch.await(2, TimeUnit.MINUTES)) {
        throw new IOException("it does not come");
      }
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  /** Bytes of objects that have arrived, once no more are on their way. */
  public synchronized long arrivedBytes() throws InterruptedException {
    while (arriving > 0) {
      wait();
    }
    return arrived.get();
  }

  @Override
  public byte[] arriving(String request, InputStream body) throws IOException {
    point.asked(this, request);
    if (!request.startsWith(PUT)) {
      return body.readAllBytes();
    }
    synchronized (this) {
      arriving++;
    }
    try {
      return object(objects.getAndIncrement(), body);
    } finally {
      synchronized (this) {
        arriving--;
        notifyAll();
      }
    }
  }

  private byte[] object(int number, InputStream body) throws IOException {
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    byte[] piece = new byte[PIECE_BYTES];
    for (int read = body.read(piece); read > 0; read = body.read(piece)) {
      arrived.addAndGet(read);
      whole.write(piece, 0, read);
      point.arrived(this, number, whole.size());
    }
    return whole.toByteArray();
  }

  @Override
  public void done(String request, byte[] body) throws IOException {
    if (request.startsWith(PUT)) {
      point.stored(this, body.length);
    } else {
      point.done(this, request, new String(body, java.nio.charset.StandardCharsets.UTF_8));
    }
  }
}
