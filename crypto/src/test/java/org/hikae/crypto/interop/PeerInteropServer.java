package org.hikae.crypto.interop;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.Map;
import org.hikae.crypto.CryptoException;
import org.jspecify.annotations.Nullable;

/** The server's half of the peer. Its OPRF key comes from a seed, as in RFC 9807. */
final class PeerInteropServer implements InteropServer {

  private static final String ACCOUNT = "account";

  private final NodePeerProcess peer;
  private final String setup;
  private final Map<String, String> identifiers;

  PeerInteropServer(NodePeerProcess peer, InteropNames names) {
    this.peer = peer;
    this.setup = peer.demand("server.createSetup", Map.of()).asText();
    this.identifiers = Map.of("server", names.server(), "client", names.client());
  }

  @Override
  public byte[] publicKey() {
    return NodePeerProcess.decode(peer.demand("server.getPublicKey", setup));
  }

  @Override
  public byte[] register(byte[] request) throws CryptoException {
    return NodePeerProcess.bytes(
        peer.call(
            "server.createRegistrationResponse",
            Map.of(
                "serverSetup",
                setup,
                "userIdentifier",
                ACCOUNT,
                "registrationRequest",
                NodePeerProcess.base64(request))),
        "registrationResponse");
  }

  @Override
  public Pending answer(byte[] upload, byte[] ke1) throws CryptoException {
    return start(NodePeerProcess.base64(upload), ke1);
  }

  @Override
  public Pending answerUnknown(byte[] ke1) throws CryptoException {
    return start(null, ke1);
  }

  private Pending start(@Nullable String upload, byte[] ke1) throws CryptoException {
    Map<String, Object> params = new HashMap<>();
    params.put("serverSetup", setup);
    params.put("userIdentifier", ACCOUNT);
    params.put("registrationRecord", upload);
    params.put("startLoginRequest", NodePeerProcess.base64(ke1));
    params.put("identifiers", identifiers);
    JsonNode started = peer.call("server.startLogin", params);
    return new Pending() {
      @Override
      public byte[] ke2() {
        return NodePeerProcess.bytes(started, "loginResponse");
      }

      @Override
      public byte[] finish(byte[] ke3) throws CryptoException {
        return NodePeerProcess.bytes(
            peer.call(
                "server.finishLogin",
                Map.of(
                    "serverLoginState",
                    started.get("serverLoginState"),
                    "finishLoginRequest",
                    NodePeerProcess.base64(ke3),
                    "identifiers",
                    identifiers)),
            "sessionKey");
      }
    };
  }
}
