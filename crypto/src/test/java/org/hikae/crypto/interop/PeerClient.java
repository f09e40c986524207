package org.hikae.crypto.interop;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import org.hikae.crypto.CryptoException;

/** The client's half of the peer. */
final class PeerClient implements Client {

  private final NodePeer peer;
  private final Map<String, String> identifiers;
  private final Stretching stretching;

  PeerClient(NodePeer peer, Names names, Stretching stretching) {
    this.peer = peer;
    this.identifiers = Map.of("server", names.server(), "client", names.client());
    this.stretching = stretching;
  }

  @Override
  public Registration startRegistration(String password) {
    JsonNode started = peer.demand("client.startRegistration", Map.of("password", password));
    return new Registration() {
      @Override
      public byte[] request() {
        return NodePeer.bytes(started, "registrationRequest");
      }

      @Override
      public Registered finish(byte[] response) throws CryptoException {
        JsonNode finished =
            peer.call(
                "client.finishRegistration",
                Map.of(
                    "clientRegistrationState",
                    started.get("clientRegistrationState"),
                    "registrationResponse",
                    NodePeer.base64(response),
                    "password",
                    password,
                    "identifiers",
                    identifiers,
                    "keyStretching",
                    stretching.forPeer()));
        return new Registered(
            NodePeer.bytes(finished, "registrationRecord"), NodePeer.bytes(finished, "exportKey"));
      }
    };
  }

  @Override
  public Login startLogin(String password) {
    JsonNode started = peer.demand("client.startLogin", Map.of("password", password));
    return new Login() {
      @Override
      public byte[] ke1() {
        return NodePeer.bytes(started, "startLoginRequest");
      }

      @Override
      public LoggedIn finish(byte[] ke2) throws CryptoException {
        JsonNode finished =
            peer.call(
                "client.finishLogin",
                Map.of(
                    "clientLoginState",
                    started.get("clientLoginState"),
                    "loginResponse",
                    NodePeer.base64(ke2),
                    "password",
                    password,
                    "identifiers",
                    identifiers,
                    "keyStretching",
                    stretching.forPeer()));
        if (finished.isNull()) {
          throw new CryptoException("The peer's client gave no answer, which is how it refuses.");
        }
        return new LoggedIn(
            NodePeer.bytes(finished, "finishLoginRequest"),
            NodePeer.bytes(finished, "sessionKey"),
            NodePeer.bytes(finished, "exportKey"));
      }
    };
  }
}
