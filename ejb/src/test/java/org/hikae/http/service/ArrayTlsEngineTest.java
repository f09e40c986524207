package org.hikae.http.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Random;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;
import org.hikae.testing.EveryThirdRun;
import org.hikae.testing.SelfSignedKey;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** A client of Java's own and a server that works in arrays, with buffers as Undertow has them. */
@ParameterizedClass
@ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
@EveryThirdRun
class ArrayTlsEngineTest {

  private static final int UNDERTOW_BYTES = 17 * 1024;
  private static final int FRAGMENT = 16 * 1024;

  /** What fits into a record of either protocol, whatever else Java puts into it. */
  private static final int MOST = 16_000;

  /** More than any handshake takes. */
  private static final int MAX_TURNS = 40;

  private static SSLContext context;

  @Parameter String protocol;

  private final Random random = new Random(1);
  private final ByteBuffer onTheLine = ByteBuffer.allocateDirect(4 * UNDERTOW_BYTES);
  private SSLEngine client;
  private ArrayWatch watch;
  private SSLEngine server;

  /** Notes whether the engine below was ever given a record outside of the heap. */
  private static final class ArrayWatch extends ArrayTlsEngine {

    private boolean direct;

    private ArrayWatch(SSLEngine engine) {
      super(engine);
    }

    @Override
    public SSLEngineResult wrap(ByteBuffer[] from, int offset, int length, ByteBuffer to)
        throws SSLException {
      direct |= !to.hasArray();
      return super.wrap(from, offset, length, to);
    }

    @Override
    public SSLEngineResult unwrap(ByteBuffer from, ByteBuffer[] to, int offset, int length)
        throws SSLException {
      direct |= !from.hasArray();
      return super.unwrap(from, to, offset, length);
    }
  }

  @BeforeAll
  static void certificate(@TempDir Path folder) throws Exception {
    context =
        SelfSignedKey.make(folder.resolve("server.p12"), "only-for-this-test", "localhost")
            .context();
  }

  @BeforeEach
  void shakeHands() throws SSLException {
    client = context.createSSLEngine("localhost", 1);
    client.setUseClientMode(true);
    client.setEnabledProtocols(new String[] {protocol});
    SSLEngine java = context.createSSLEngine();
    java.setUseClientMode(false);
    handshake(client, java);
    watch = new ArrayWatch(java);
    // As in the server, where it gets its place with the first request.
    server = new ArrayTlsEngine(watch);
  }

  private static void handshake(SSLEngine client, SSLEngine server) throws SSLException {
    ByteBuffer toServer = ByteBuffer.allocate(2 * UNDERTOW_BYTES);
    ByteBuffer toClient = ByteBuffer.allocate(2 * UNDERTOW_BYTES);
    for (int turn = 0; turn < MAX_TURNS; turn++) {
      step(client, toServer, toClient);
      step(server, toClient, toServer);
    }
    assertThat(client.getHandshakeStatus()).isEqualTo(HandshakeStatus.NOT_HANDSHAKING);
    assertThat(server.getHandshakeStatus()).isEqualTo(HandshakeStatus.NOT_HANDSHAKING);
    assertThat(toServer.position() + toClient.position()).as("is still on the line").isZero();
  }

  /** What one does next, if there is anything; it begins by saying hello. */
  private static void step(SSLEngine engine, ByteBuffer out, ByteBuffer in) throws SSLException {
    boolean asks =
        engine.getUseClientMode()
            && engine.getSession().getProtocol().equals("NONE")
            && engine.getHandshakeStatus() == HandshakeStatus.NOT_HANDSHAKING;
    if (asks || engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP) {
      engine.wrap(ByteBuffer.allocate(0), out);
    } else if (in.position() > 0) {
      engine.unwrap(in.flip(), ByteBuffer.allocate(UNDERTOW_BYTES));
      in.compact();
    }
    tasks(engine);
  }

  private static void tasks(SSLEngine engine) {
    for (Runnable task = engine.getDelegatedTask();
        task != null;
        task = engine.getDelegatedTask()) {
      task.run();
    }
  }

  private byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  /** One record of one for the other. */
  private byte[] through(SSLEngine from, SSLEngine to, byte[] bytes) throws SSLException {
    onTheLine.clear();
    SSLEngineResult sealed = from.wrap(ByteBuffer.wrap(bytes), onTheLine);
    assertThat(sealed.getStatus()).isEqualTo(Status.OK);
    assertThat(sealed.bytesConsumed()).isEqualTo(bytes.length);
    assertThat(sealed.bytesProduced()).isEqualTo(onTheLine.position());
    onTheLine.flip();
    ByteBuffer opened = ByteBuffer.allocateDirect(FRAGMENT);
    SSLEngineResult result = to.unwrap(onTheLine, opened);
    assertThat(result.getStatus()).isEqualTo(Status.OK);
    assertThat(onTheLine.hasRemaining()).isFalse();
    byte[] arrived = new byte[opened.flip().remaining()];
    opened.get(arrived);
    return arrived;
  }

  @Test
  void what_is_sealed_and_opened_is_the_same_in_both_directions() throws SSLException {
    for (int length : new int[] {1, 511, 512, 513, 5000, MOST - 1, MOST}) {
      byte[] bytes = bytes(length);
      assertThat(through(client, server, bytes)).isEqualTo(bytes);
      assertThat(through(server, client, bytes)).isEqualTo(bytes);
    }
    assertThat(watch.direct).as("a record was sealed or opened outside of the heap").isFalse();
  }

  @Test
  void records_that_came_together_are_opened_one_after_the_other() throws SSLException {
    byte[] first = bytes(7000);
    byte[] second = bytes(9000);
    client.wrap(ByteBuffer.wrap(first), onTheLine);
    client.wrap(ByteBuffer.wrap(second), onTheLine);
    onTheLine.flip();
    int end = onTheLine.limit();
    ByteBuffer opened = ByteBuffer.allocateDirect(2 * FRAGMENT);
    // All but the last byte of the second has come.
    onTheLine.limit(end - 1);
    assertThat(server.unwrap(onTheLine, opened).bytesProduced()).isEqualTo(first.length);
    int between = onTheLine.position();
    assertThat(server.unwrap(onTheLine, opened).getStatus()).isEqualTo(Status.BUFFER_UNDERFLOW);
    assertThat(onTheLine.position()).isEqualTo(between);
    onTheLine.limit(end);
    assertThat(server.unwrap(onTheLine, opened).bytesProduced()).isEqualTo(second.length);
    byte[] arrived = new byte[first.length];
    opened.flip().get(arrived);
    assertThat(arrived).isEqualTo(first);
    arrived = new byte[opened.remaining()];
    opened.get(arrived);
    assertThat(arrived).isEqualTo(second);
  }

  @Test
  void a_buffer_that_is_too_small_takes_nothing() throws SSLException {
    byte[] bytes = bytes(MOST);
    ByteBuffer from = ByteBuffer.wrap(bytes);
    ByteBuffer small = ByteBuffer.allocateDirect(100);
    assertThat(server.wrap(from, small).getStatus()).isEqualTo(Status.BUFFER_OVERFLOW);
    assertThat(from.position()).isZero();
    assertThat(small.position()).isZero();
    client.wrap(ByteBuffer.wrap(bytes), onTheLine);
    onTheLine.flip();
    assertThat(server.unwrap(onTheLine, small).getStatus()).isEqualTo(Status.BUFFER_OVERFLOW);
    assertThat(onTheLine.position()).isZero();
    ByteBuffer opened = ByteBuffer.allocateDirect(FRAGMENT);
    server.unwrap(onTheLine, opened);
    assertThat(opened.flip()).isEqualTo(ByteBuffer.wrap(bytes));
  }

  @Test
  void a_changed_record_is_refused() throws SSLException {
    client.wrap(ByteBuffer.wrap(bytes(1000)), onTheLine);
    onTheLine.flip();
    onTheLine.put(500, (byte) ~onTheLine.get(500));
    ByteBuffer opened = ByteBuffer.allocateDirect(FRAGMENT);
    assertThatThrownBy(() -> server.unwrap(onTheLine, opened)).isInstanceOf(SSLException.class);
    assertThat(opened.position()).isZero();
  }

  @Test
  void an_end_is_an_end() throws SSLException {
    client.closeOutbound();
    client.wrap(ByteBuffer.allocate(0), onTheLine);
    onTheLine.flip();
    SSLEngineResult result = server.unwrap(onTheLine, ByteBuffer.allocateDirect(FRAGMENT));
    assertThat(result.getStatus()).isEqualTo(Status.CLOSED);
    assertThat(server.isInboundDone()).isTrue();
  }
}
