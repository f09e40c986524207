package org.hikae.http.service;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.BiFunction;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSession;

/**
 * Has another engine seal and open records in an array, whatever buffers the caller brings. Outside
 * of the heap Java 25 takes a record in pieces of 512 bytes and copies each twice ({@code
 * GaloisCounterMode.GCMEngine.implGCMCrypt}); one copy of the whole record costs less. What is
 * sealed and opened is the same.
 *
 * <p>It keeps nothing from one call to the next, so it may take the place of the other engine at
 * any time.
 */
class ArrayTlsEngine extends SSLEngine {

  /** No less than any record has ({@code SSLRecord.maxRecordSize}), but for large fragments. */
  static final int RECORD_BYTES = 17 * 1024;

  private static final int HEADER_BYTES = 5;
  private static final int LENGTH_AT = 3;

  /** Types of records, from change_cipher_spec to application_data (RFC 8446, B.1). */
  private static final int FIRST_TYPE = 20;

  private static final int LAST_TYPE = 23;

  /** Of each thread and not of each connection, because there are many more of these. */
  private static final ThreadLocal<ByteBuffer> RECORD =
      ThreadLocal.withInitial(() -> ByteBuffer.allocate(RECORD_BYTES));

  private static final byte[] NOTHING = new byte[RECORD_BYTES];

  private final SSLEngine engine;

  ArrayTlsEngine(SSLEngine engine) {
    super(engine.getPeerHost(), engine.getPeerPort());
    this.engine = engine;
  }

  @Override
  public SSLEngineResult wrap(ByteBuffer[] from, int offset, int length, ByteBuffer to)
      throws SSLException {
    if (to.hasArray()) {
      return engine.wrap(from, offset, length, to);
    }
    ByteBuffer record = RECORD.get().clear();
    record.limit(Math.min(RECORD_BYTES, to.remaining()));
    SSLEngineResult result = engine.wrap(from, offset, length, record);
    if (result.getStatus() == SSLEngineResult.Status.BUFFER_OVERFLOW
        && to.remaining() > RECORD_BYTES) {
      // A large fragment, which some peers may ask for.
      return engine.wrap(from, offset, length, to);
    }
    to.put(record.flip());
    return result;
  }

  @Override
  public SSLEngineResult unwrap(ByteBuffer from, ByteBuffer[] to, int offset, int length)
      throws SSLException {
    int bytes = from.hasArray() ? 0 : recordIn(from);
    if (bytes == 0) {
      return engine.unwrap(from, to, offset, length);
    }
    ByteBuffer record = RECORD.get().clear();
    record.put(0, from, from.position(), bytes).limit(bytes);
    try {
      SSLEngineResult result = engine.unwrap(record, to, offset, length);
      from.position(from.position() + result.bytesConsumed());
      return result;
    } finally {
      // It was opened in place: a thread that rests is to hold nothing of anybody.
      record.clear().put(0, NOTHING, 0, bytes);
    }
  }

  /** Length of the record that begins there, or 0 if it is not whole or does not fit. */
  private static int recordIn(ByteBuffer from) {
    int at = from.position();
    if (from.remaining() < HEADER_BYTES || from.get(at) < FIRST_TYPE || from.get(at) > LAST_TYPE) {
      return 0;
    }
    int bytes =
        HEADER_BYTES
            + (Byte.toUnsignedInt(from.get(at + LENGTH_AT)) << Byte.SIZE)
            + Byte.toUnsignedInt(from.get(at + LENGTH_AT + 1));
    return bytes <= Math.min(RECORD_BYTES, from.remaining()) ? bytes : 0;
  }

  @Override
  public Runnable getDelegatedTask() {
    return engine.getDelegatedTask();
  }

  @Override
  public void closeInbound() throws SSLException {
    engine.closeInbound();
  }

  @Override
  public boolean isInboundDone() {
    return engine.isInboundDone();
  }

  @Override
  public void closeOutbound() {
    engine.closeOutbound();
  }

  @Override
  public boolean isOutboundDone() {
    return engine.isOutboundDone();
  }

  @Override
  public String[] getSupportedCipherSuites() {
    return engine.getSupportedCipherSuites();
  }

  @Override
  public String[] getEnabledCipherSuites() {
    return engine.getEnabledCipherSuites();
  }

  @Override
  public void setEnabledCipherSuites(String[] suites) {
    engine.setEnabledCipherSuites(suites);
  }

  @Override
  public String[] getSupportedProtocols() {
    return engine.getSupportedProtocols();
  }

  @Override
  public String[] getEnabledProtocols() {
    return engine.getEnabledProtocols();
  }

  @Override
  public void setEnabledProtocols(String[] protocols) {
    engine.setEnabledProtocols(protocols);
  }

  @Override
  public SSLSession getSession() {
    return engine.getSession();
  }

  @Override
  public SSLSession getHandshakeSession() {
    return engine.getHandshakeSession();
  }

  @Override
  public void beginHandshake() throws SSLException {
    engine.beginHandshake();
  }

  @Override
  public SSLEngineResult.HandshakeStatus getHandshakeStatus() {
    return engine.getHandshakeStatus();
  }

  @Override
  public void setUseClientMode(boolean mode) {
    engine.setUseClientMode(mode);
  }

  @Override
  public boolean getUseClientMode() {
    return engine.getUseClientMode();
  }

  @Override
  public void setNeedClientAuth(boolean need) {
    engine.setNeedClientAuth(need);
  }

  @Override
  public boolean getNeedClientAuth() {
    return engine.getNeedClientAuth();
  }

  @Override
  public void setWantClientAuth(boolean want) {
    engine.setWantClientAuth(want);
  }

  @Override
  public boolean getWantClientAuth() {
    return engine.getWantClientAuth();
  }

  @Override
  public void setEnableSessionCreation(boolean flag) {
    engine.setEnableSessionCreation(flag);
  }

  @Override
  public boolean getEnableSessionCreation() {
    return engine.getEnableSessionCreation();
  }

  @Override
  public SSLParameters getSSLParameters() {
    return engine.getSSLParameters();
  }

  @Override
  public void setSSLParameters(SSLParameters parameters) {
    engine.setSSLParameters(parameters);
  }

  @Override
  public String getApplicationProtocol() {
    return engine.getApplicationProtocol();
  }

  @Override
  public String getHandshakeApplicationProtocol() {
    return engine.getHandshakeApplicationProtocol();
  }

  @Override
  public void setHandshakeApplicationProtocolSelector(
      BiFunction<SSLEngine, List<String>, String> selector) {
    engine.setHandshakeApplicationProtocolSelector(selector);
  }

  @Override
  public BiFunction<SSLEngine, List<String>, String> getHandshakeApplicationProtocolSelector() {
    return engine.getHandshakeApplicationProtocolSelector();
  }
}
